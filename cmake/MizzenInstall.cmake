# SPDX-License-Identifier: Apache-2.0
# mizzen_install(rooms...): what `cmake --install <build> --component telemetry` leaves for find_package(mizzen): headers, static libraries and
# the target mizzen::<room> of each room. Our warnings and folders stay here; users get the headers and C++20.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

function(mizzen_install)
  foreach(property COMPILE_OPTIONS INCLUDE_DIRECTORIES)
    get_target_property(values mizzen_flags INTERFACE_${property})
    set_property(TARGET mizzen_flags PROPERTY INTERFACE_${property} "$<BUILD_INTERFACE:${values}>")
  endforeach()
  target_include_directories(mizzen_flags INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(mizzen_flags INTERFACE cxx_std_20)
  set_target_properties(mizzen_flags PROPERTIES EXPORT_NAME flags)
  set(targets mizzen_flags)
  foreach(room ${ARGN})
    list(APPEND targets mizzen_${room})
    set_target_properties(mizzen_${room} PROPERTIES EXPORT_NAME ${room})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/mizzen/${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/mizzen COMPONENT telemetry
      FILES_MATCHING PATTERN "*.hpp" PATTERN "testing" EXCLUDE)
  endforeach()
  install(FILES ${PROJECT_SOURCE_DIR}/mizzen/telemetry/all.hpp RENAME telemetry.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/mizzen COMPONENT telemetry)
  install(TARGETS ${targets} EXPORT mizzen ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT telemetry)

  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/mizzen)
  install(EXPORT mizzen NAMESPACE mizzen:: FILE mizzen-targets.cmake DESTINATION ${folder} COMPONENT telemetry)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/mizzen-config.cmake.in ${PROJECT_BINARY_DIR}/mizzen-config.cmake INSTALL_DESTINATION ${folder})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/mizzen-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/mizzen-config.cmake ${PROJECT_BINARY_DIR}/mizzen-config-version.cmake DESTINATION ${folder} COMPONENT telemetry)
endfunction()
