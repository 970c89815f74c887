#include "sync/record/link_rules.h"

#include <gtest/gtest.h>

namespace sala::record {
namespace {

const std::vector<std::string> kHosts = {"itas.nacc.go.th", "www.banmai.example"};

std::string fault_of(std::string_view url) {
    const auto fault = link_fault(url, kHosts);
    return fault ? fault->code : "";
}

TEST(Link, PassesOnTheOfficesOwnHosts) {
    for (const char* url : {"https://itas.nacc.go.th/go/eit/demo00", "https://www.banmai.example",
                            "https://www.banmai.example/", "https://www.banmai.example/a%20b?x=1&y=2",
                            "https://www.banmai.example?q", "https://www.banmai.example/ti/p/@someone"}) {
        EXPECT_EQ(fault_of(url), "") << url;
    }
}

TEST(Link, IsRefusedWithTheReason) {
    struct Case {
        const char *url, *code;
    };
    for (const Case& c : {
             Case{"", "HTTPS"},
             {"http://itas.nacc.go.th/go/eit/demo00", "HTTPS"},
             {"HTTPS://itas.nacc.go.th/", "HTTPS"},
             {"itas.nacc.go.th/go/eit/demo00", "HTTPS"},
             {" https://itas.nacc.go.th/", "HTTPS"},
             {"javascript:alert(1)//https://itas.nacc.go.th/", "HTTPS"},
             {"https://itas.nacc.go.th/go eit", "CHARACTER"},
             {"https://itas.nacc.go.th/\n", "CHARACTER"},
             {"https://itas.nacc.go.th/\x7F", "CHARACTER"},
             {"https://itas.nacc.go.th/ก", "CHARACTER"},
             {"https://itаs.nacc.go.th/", "CHARACTER"},  // Cyrillic а
             {"https://evil.example\\@itas.nacc.go.th/", "CHARACTER"},
             {"https://itas.nacc.go.th/<b>", "CHARACTER"},
             {"https://itas.nacc.go.th/100%", "CHARACTER"},
             {"https://itas.nacc.go.th/%2", "CHARACTER"},
             {"https://itas.nacc.go.th/%zz", "CHARACTER"},
             {"https://itas.nacc.go.th@evil.example/", "USERINFO"},
             {"https://user:pw@itas.nacc.go.th/", "USERINFO"},
             {"https://itas.nacc.go.th:8443/", "PORT"},
             {"https://itas.nacc.go.th:/", "PORT"},
             {"https://itas.nacc.go.th/go#x", "FRAGMENT"},
             {"https://itas.nacc.go.th#x", "FRAGMENT"},
             {"https://bit.ly/3abc", "SHORTENER"},
             {"https://www.tinyurl.com/abc", "SHORTENER"},
             {"https://nacc.go.th/", "HOST"},
             {"https://itas.nacc.go.th.evil.example/", "HOST"},
             {"https://xitas.nacc.go.th/", "HOST"},
             {"https://ITAS.nacc.go.th/", "HOST"},
             {"https://itas.nacc.go.th./", "HOST"},
             {"https:///go/eit/demo00", "HOST"},
             {"https://xn--its-8ma.nacc.go.th/", "HOST"},
         }) {
        EXPECT_EQ(fault_of(c.url), c.code) << c.url;
    }
}

TEST(Link, MayBeExactlyAsLongAsTheCodeAllows) {
    const std::string start = "https://itas.nacc.go.th/";
    EXPECT_EQ(fault_of(start + std::string(kLinkBytesMax - start.size(), 'a')), "");
    EXPECT_EQ(fault_of(start + std::string(kLinkBytesMax - start.size() + 1, 'a')), "LONG");
}

TEST(Link, ToAnEncodedNameIsRefusedEvenWhereTheListHoldsIt) {
    const auto fault = link_fault("https://xn--its-8ma.nacc.go.th/", {"xn--its-8ma.nacc.go.th"});
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, "HOST");
}

TEST(LinkHost, IsWhatThePhoneWillOpen) {
    EXPECT_EQ(link_host("https://itas.nacc.go.th/go/eit/demo00"), "itas.nacc.go.th");
    EXPECT_EQ(link_host("https://itas.nacc.go.th?x"), "itas.nacc.go.th");
    EXPECT_EQ(link_host("https://itas.nacc.go.th@evil.example/"), "");
    EXPECT_EQ(link_host("http://itas.nacc.go.th/"), "");
}

TEST(Host, OnTheListIsAPlainName) {
    struct Case {
        const char *host, *code;
    };
    for (const Case& c : {Case{"itas.nacc.go.th", ""},
                          {"a-b.example", ""},
                          {"1.example", ""},
                          {"", "NAME"},
                          {"localhost", "NAME"},
                          {"Itas.nacc.go.th", "NAME"},
                          {"https://itas.nacc.go.th", "NAME"},
                          {"itas.nacc.go.th/", "NAME"},
                          {"itas..go.th", "NAME"},
                          {".go.th", "NAME"},
                          {"go.th.", "NAME"},
                          {"-a.th", "NAME"},
                          {"a-.th", "NAME"},
                          {"10.0.0.1", "NAME"},
                          {"*.go.th", "NAME"},
                          {"xn--12c.example", "NAME"},
                          {"www.xn--o3cw4h", "NAME"},
                          {"บ้านใหม่.ไทย", "NAME"},
                          {"bit.ly", "SHORTENER"},
                          {"tinyurl.com", "SHORTENER"},
                          {"goo.gl", "SHORTENER"},
                          {"t.co", "SHORTENER"},
                          {"shorturl.at", "SHORTENER"},
                          {"cutt.ly", "SHORTENER"},
                          {"is.gd", "SHORTENER"},
                          {"www.bit.ly", "SHORTENER"},
                          {"rabbit.ly", ""},
                          {"at.co", ""}}) {
        const auto fault = host_fault(c.host);
        EXPECT_EQ(fault ? fault->code : "", c.code) << c.host;
    }
}

}  // namespace
}  // namespace sala::record
