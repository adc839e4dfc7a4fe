# lodestone_room(NAME [ROOMS below...] [LIBRARIES external...]): one static library per room of the house.
add_library(lodestone_options INTERFACE)
target_compile_features(lodestone_options INTERFACE cxx_std_20)
target_compile_options(lodestone_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
  # GCC 12 warns falsely of overlapping copies where short literals are added to strings (its bug 105651).
  -Wno-restrict
  # One set of bits per instruction set, whatever the compiler would like to fuse.
  -ffp-contract=off)
target_include_directories(lodestone_options SYSTEM INTERFACE /usr/include/eigen3)
target_include_directories(lodestone_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(lodestone_options INTERFACE LODESTONE_VERSION="${PROJECT_VERSION}")
if(LODESTONE_SANITIZE)
  # Instrumented code makes GCC see values without an initialiser where there are none; the plain build warns of real ones.
  target_compile_options(lodestone_options INTERFACE -Wno-maybe-uninitialized)
  target_compile_options(lodestone_options INTERFACE -fsanitize=${LODESTONE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(lodestone_options INTERFACE -fsanitize=${LODESTONE_SANITIZE})
endif()

function(lodestone_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/lodestone/${name}/*.cpp)
  set(scope PUBLIC)
  if(sources)
    add_library(lodestone_${name} STATIC ${sources})
  else()
    add_library(lodestone_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_link_libraries(lodestone_${name} ${scope} lodestone_options ${ROOM_LIBRARIES})
  foreach(below ${ROOM_ROOMS})
    target_link_libraries(lodestone_${name} ${scope} lodestone_${below})
  endforeach()
endfunction()
