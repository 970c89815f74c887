// The headers of a request or a reply, found by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sala::http {

class Headers {
  public:
    void add(std::string name, std::string value);

    // The first header of that name, upper and lower case alike; valid as long as the Headers.
    std::optional<std::string_view> find(std::string_view name) const;

    auto begin() const { return all_.begin(); }
    auto end() const { return all_.end(); }

  private:
    std::vector<std::pair<std::string, std::string>> all_;
};

}  // namespace sala::http
