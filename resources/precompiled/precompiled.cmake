# SPDX-License-Identifier: GPL-3.0-or-later
# Headers parsed once for many files: four fifths of a build are the parsing of headers otherwise.
# Files still include what they use; without EMBEDSCOPE_PRECOMPILED (preset headless) that is checked.

# embedscope_precompiled_family(NAME LIBRARIES ... [OPTIONS ...]): precompiles NAME.h of this folder.
function(embedscope_precompiled_family name)
  if(NOT EMBEDSCOPE_PRECOMPILED)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LIBRARIES;OPTIONS" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
  file(CONFIGURE OUTPUT ${source} CONTENT "// Carries the precompiled header.\n")
  add_library(embedscope_precompiled_${name} OBJECT ${source})
  target_link_libraries(embedscope_precompiled_${name} PRIVATE embedscope_policy ${arg_LIBRARIES})
  target_compile_options(embedscope_precompiled_${name} PRIVATE ${arg_OPTIONS})
  target_precompile_headers(embedscope_precompiled_${name} PRIVATE
    ${CMAKE_SOURCE_DIR}/resources/precompiled/${name}.h)
  set_target_properties(embedscope_precompiled_${name} PROPERTIES AUTOMOC OFF)
endfunction()

# embedscope_precompile(TARGET FAMILY): compiles the target's files with the family's header.
function(embedscope_precompile target family)
  if(EMBEDSCOPE_PRECOMPILED)
    target_precompile_headers(${target} REUSE_FROM embedscope_precompiled_${family})
  endif()
endfunction()
