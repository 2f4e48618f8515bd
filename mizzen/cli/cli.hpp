// SPDX-License-Identifier: Apache-2.0
// The command line of mizzen.
#pragma once

namespace mizzen::cli {

// Reads the arguments, runs one verb, prints an error in one line. Returns the exit code: 0 done, 1 failed, 2 wrong
// input or usage.
int run(int argc, char** argv);

}  // namespace mizzen::cli
