// SPDX-License-Identifier: Apache-2.0
#include "mizzen/base/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "mizzen/base/error.hpp"

namespace mizzen {
namespace {

namespace fs = std::filesystem;

struct Files : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("mizzen-files-" + std::to_string(::getpid()));
    Files() { fs::create_directories(folder); }
    ~Files() override { fs::remove_all(folder); }
};

TEST_F(Files, PrivateFilesAreTheirOwnersAlone) {
    write_private_file(folder / "key", "secret");
    struct stat info{};
    ASSERT_EQ(::stat((folder / "key").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    EXPECT_EQ(read_file(folder / "key"), "secret");
}

TEST_F(Files, WritingReplacesAndLeavesNothingElseBehind) {
    write_private_file(folder / "key", std::string(100000, 'a'));
    write_private_file(folder / "key", "b");
    EXPECT_EQ(read_file(folder / "key"), "b");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST_F(Files, AMissingFileIsNamed) {
    try {
        read_file(folder / "none");
        FAIL();
    } catch (const Error& e) {
        EXPECT_EQ(e.kind(), ErrorKind::not_found);
        EXPECT_NE(std::string(e.what()).find("none: No such file or directory"), std::string::npos);
    }
}

TEST_F(Files, AFolderThatIsMissingIsNamed) { EXPECT_THROW(write_private_file(folder / "no" / "key", "x"), Error); }

TEST_F(Files, PrivateFoldersAreTheirOwnersAlone) {
    make_private_folder(folder / "a" / "b" / "");
    for (const auto* made : {"a", "a/b"}) {
        struct stat info{};
        ASSERT_EQ(::stat((folder / made).c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777, 0700u) << made;
    }
    ::chmod((folder / "a").c_str(), 0755);
    make_private_folder(folder / "a");
    struct stat info{};
    ASSERT_EQ(::stat((folder / "a").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0755u) << "what is there keeps its mode";
    write_private_file(folder / "file", "x");
    EXPECT_THROW(make_private_folder(folder / "file"), Error);
    EXPECT_THROW(make_private_folder(folder / "file" / "below"), Error);
}

}  // namespace
}  // namespace mizzen
