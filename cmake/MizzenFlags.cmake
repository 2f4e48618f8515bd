# SPDX-License-Identifier: Apache-2.0
# Compiler flags and the precompiled header that all rooms share.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Mizzen is built with Clang 19 or newer (docs/decisions/0001-clang.md); got "
    "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}. Use a preset: cmake --preset dev.")
endif()

add_library(mizzen_flags INTERFACE)
target_compile_options(mizzen_flags INTERFACE
  -Wall -Wextra -Wconversion -Wno-sign-conversion -Wdangling -Wnon-virtual-dtor -Wno-missing-designated-field-initializers
  -Wno-missing-field-initializers -Wno-undefined-var-template)
if(MIZZEN_WERROR)
  target_compile_options(mizzen_flags INTERFACE -Werror)
endif()
target_include_directories(mizzen_flags INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/include)

# The allocator of programs, not of libraries; sanitizers bring their own.
option(MIZZEN_MIMALLOC "Link programs with mimalloc." OFF)
add_library(mizzen_allocator INTERFACE)
if(MIZZEN_MIMALLOC)
  find_package(mimalloc REQUIRED)
  target_link_libraries(mizzen_allocator INTERFACE mimalloc)
endif()

# Precompiled headers of what nearly every file includes, one for the library and one for tests; never needed by users.
set(MIZZEN_COMMON_HEADERS
  <algorithm> <array> <charconv> <chrono> <coroutine> <cstdint> <deque> <exception> <functional> <list> <map> <memory> <optional>
  <random> <set> <span> <string> <string_view> <tuple> <unordered_map> <utility> <variant> <vector> <fmt/format.h>)
function(mizzen_precompile name)
  cmake_parse_arguments(P "" "" "HEADERS;LIBS" ${ARGN})
  file(WRITE ${PROJECT_BINARY_DIR}/pch/${name}.cpp "// anchors a shared precompiled header\n")
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/pch/${name}.cpp)
  target_link_libraries(${name} PRIVATE mizzen_flags ${P_LIBS})
  target_precompile_headers(${name} PRIVATE ${P_HEADERS})
endfunction()

# ccache and mold where present; neither is needed.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  target_compile_options(mizzen_flags INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
find_program(MOLD mold)
if(MOLD AND NOT MIZZEN_FUZZ)
  add_link_options(-fuse-ld=mold)
endif()
