// SPDX-License-Identifier: Apache-2.0
// Revisions, history, snapshots of the past, and what survives a restart.
#include "mizzen/apiserver/store/store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "mizzen/base/error.hpp"
#include "mizzen/base/random.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

json::Value object(std::string_view name, int value = 0) {
    return json::Object{{"metadata", json::Object{{"name", name}}}, {"value", value}};
}

// "a=1 b=2" of what a visit shows.
std::string shown(const Collection& c, std::uint64_t revision, std::string_view prefix = "",
                  std::string_view after = "") {
    std::string out;
    c.each_at(revision, prefix, after, [&](const RecordPtr& r) {
        out += r->key + "=" + std::to_string(json::parse(r->json).integer({"value"})) + " ";
        return true;
    });
    return out;
}

TEST(Store, CountsOneRevisionPerWrite) {
    Store store({});
    Collection& c = store.collection("things");
    std::uint64_t start = store.revision();
    EXPECT_EQ(store.put(c, "a", object("a"))->revision, start + 1);
    EXPECT_EQ(store.put(c, "a", object("a", 2))->revision, start + 2);
    EXPECT_EQ(store.remove(c, "a")->revision, start + 3);
    EXPECT_EQ(store.remove(c, "a"), nullptr);
    EXPECT_EQ(store.revision(), start + 3);
}

TEST(Store, ShowsThePastAsItWas) {
    // Random writes; what each revision showed is kept and compared in the end.
    Store store({});
    Collection& c = store.collection("things");
    Random random(7);
    std::map<std::uint64_t, std::string> all, part;
    for (int i = 0; i < 300; ++i) {
        std::string key = "ns" + std::to_string(random.below(3)) + "/n" + std::to_string(random.below(8));
        if (random.below(3) == 0)
            store.remove(c, key);
        else
            store.put(c, key, object("x", i));
        all[store.revision()] = shown(c, store.revision());
        part[store.revision()] = shown(c, store.revision(), "ns1/", "ns1/n2");
    }
    for (const auto& [revision, text] : all) EXPECT_EQ(shown(c, revision), text) << revision;
    for (const auto& [revision, text] : part) EXPECT_EQ(shown(c, revision, "ns1/", "ns1/n2"), text) << revision;
}

TEST(Store, ForgetsTheOldestFirstAcrossCollections) {
    Store store({.changes = 3});
    Collection &a = store.collection("a"), &b = store.collection("b");
    std::uint64_t start = store.revision();
    store.put(a, "x", object("x"));
    store.put(b, "x", object("x"));
    store.put(b, "y", object("y"));
    EXPECT_TRUE(a.remembers(start));
    store.put(b, "z", object("z"));
    EXPECT_FALSE(a.remembers(start));
    EXPECT_TRUE(b.remembers(start));
    EXPECT_EQ(a.next_change(start), nullptr);
    EXPECT_EQ(b.next_change(start)->record->key, "x");
}

TEST(Store, ForgetsByBytesToo) {
    Store store({.changes = 1000, .bytes = 10'000});
    Collection& c = store.collection("a");
    std::uint64_t start = store.revision();
    for (int i = 0; i < 10; ++i)
        store.put(c, "k", json::Object{{"metadata", json::Object{}}, {"text", std::string(3000, 'x')}});
    EXPECT_FALSE(c.remembers(start));
    EXPECT_NE(c.next_change(store.revision() - 1), nullptr);
}

TEST(Store, SharesOneFrameAmongWatchers) {
    Store store({});
    Collection& c = store.collection("a");
    std::uint64_t start = store.revision();
    store.put(c, "k", object("k"));
    const Change* change = c.next_change(start);
    EXPECT_EQ(change->frame(ChangeKind::added).view().data(), change->frame(ChangeKind::added).view().data());
    EXPECT_EQ(change->frame(ChangeKind::added).view(),
              R"({"type":"ADDED","object":)" + change->record->json.str() + "}\n");
}

class OnDisk : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "mizzen-store-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        dir = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(dir); }
    std::string dir;
};

TEST_F(OnDisk, WhatWasWrittenIsThereAfterARestart) {
    std::uint64_t revision;
    {
        Store store({}, open_sqlite_journal(dir + "/data"));
        Collection& c = store.collection("things");
        store.put(c, "a", object("a", 1));
        store.put(c, "b", object("b", 2));
        store.put(c, "a", object("a", 3));
        store.remove(c, "b");
        revision = store.revision();
    }
    Store store({}, open_sqlite_journal(dir + "/data"));
    Collection& c = store.collection("things");
    EXPECT_EQ(store.revision(), revision);
    EXPECT_EQ(c.size(), 1u);
    EXPECT_EQ(json::parse(c.find("a")->json).integer({"value"}), 3);
    EXPECT_EQ(c.find("a")->revision, revision - 1);
    EXPECT_FALSE(c.remembers(revision - 1)) << "history is not kept";
    EXPECT_TRUE(c.remembers(revision));
    EXPECT_GT(store.put(c, "c", object("c"))->revision, revision);
}

TEST_F(OnDisk, IsForItsOwnerAlone) {
    auto journal = open_sqlite_journal(dir + "/data");
    struct stat info{};
    ASSERT_EQ(::stat((dir + "/data/mizzen.db").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u);
    ASSERT_EQ(::stat((dir + "/data").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST_F(OnDisk, IsUsedByOneProcessAtATime) {
    auto first = open_sqlite_journal(dir);
    first->write("a", "b", 1, "{}");
    try {
        auto second = open_sqlite_journal(dir);
        second->write("a", "c", 2, "{}");
        FAIL() << "opened twice";
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("another process is using this data folder"), std::string::npos)
            << e.what();
    }
}

TEST_F(OnDisk, RefusesAFileThatIsNoneOfOurs) {
    FILE* file = std::fopen((dir + "/mizzen.db").c_str(), "w");
    std::fputs("this is no database, it is only a text that somebody left here", file);
    std::fclose(file);
    EXPECT_THROW(open_sqlite_journal(dir), Error);
}

}  // namespace
}  // namespace mizzen::apiserver
