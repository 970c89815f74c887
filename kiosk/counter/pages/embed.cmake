# sala_embed_pages(OUT PATH=FILE...): a .cpp that holds the files of this folder as page_file() answers
# with them.
#
# Made again at configure time when one of the files changes. Bytes as numbers: no text that a compiler
# could misread.
function(sala_embed_pages out)
  set(folder ${CMAKE_SOURCE_DIR}/kiosk/counter/pages)
  set(arrays "")
  set(rows "")
  set(number 0)
  foreach(pair IN LISTS ARGN)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 path)
    list(GET pair 1 name)
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/${name})
    file(READ ${folder}/${name} hex HEX)
    string(REGEX REPLACE "(................................)" "\\1\n" hex ${hex})
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes ${hex})
    string(APPEND arrays "constexpr unsigned char kFile${number}[] = {\n${bytes}};\n")
    string(REGEX MATCH "[a-z]+$" ending ${name})
    set(type_html "text/html; charset=utf-8")
    set(type_css "text/css; charset=utf-8")
    set(type_js "text/javascript; charset=utf-8")
    string(APPEND rows "    {\"${path}\", \"${type_${ending}}\", text_of(kFile${number})},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT [=[
#include <algorithm>

#include "kiosk/counter/pages.h"
#include "platform/base/bytes.h"

namespace sala::kiosk {
namespace {

@arrays@
const PageFile kFiles[] = {
@rows@};

}  // namespace

const PageFile* page_file(std::string_view path) {
    const auto* found = std::ranges::find(kFiles, path, &PageFile::path);
    return found == std::end(kFiles) ? nullptr : found;
}

}  // namespace sala::kiosk
]=])
endfunction()
