// SPDX-License-Identifier: Apache-2.0
// Structs with notes, to JSON and back, and what a wrong document hears.
#include "mizzen/json/codec.hpp"

#include <gtest/gtest.h>

#include "mizzen/base/error.hpp"
#include "mizzen/json/json.hpp"
#include "mizzen/json/reflect.hpp"

namespace mizzen::json {
namespace {

enum class Delivery { rolling, canary, blueGreen, delete_ };

struct SecretRef {
    std::string name = field("How the pod knows it.").required().pattern("^[a-z][a-z0-9-]*$");
    std::string path = field("Where it is kept.");
    bool operator==(const SecretRef&) const = default;
};
struct Autoscale {
    int min_replicas = field("Fewest pods.", 2).min(0);
    int max_replicas = field("Most pods.", 10).min(1).max(5000);
    std::optional<std::string> metric = maybe("What to scale on.").min_length(2).max_length(4);
    bool operator==(const Autoscale&) const = default;
};
struct Tree {
    std::string name = field("Of the node.");
    std::vector<Tree> children = field("Below it.");
    bool operator==(const Tree&) const = default;
};
struct Spec {
    std::string image = field("What to run.").required();
    std::int64_t big = field("A large number.");
    std::uint8_t small = field("A small one.", 7);
    double ratio = field("A share.", 0.5).min(0).max(1);
    bool debug = field("Whether to say more.");
    std::string mode = field("Empty is not the default.", "fast");
    Delivery delivery = field("How a version takes over.", Delivery::canary);
    Autoscale limits = field("Always there.");
    Tree tree = field("Left out while it is empty.");
    std::optional<Autoscale> autoscale = maybe("Off when absent.");
    std::vector<SecretRef> secrets = field("Kept fresh.").list_keys({"name"}).max_length(3);
    std::vector<std::string> hosts = field("Names.").pattern("^[a-z.]+$");
    std::map<std::string, std::string> env = field("Variables.");
    std::string cluster_ip = field("An acronym.").key("clusterIP");
    Value extra = field("Anything.");
    IntOrString port = field("Number or name.", 8080);
    bool operator==(const Spec&) const = default;
};

std::string complaint(auto&& act) {
    try {
        act();
    } catch (const Error& e) {
        return (e.kind() == ErrorKind::invalid ? "" : "(not invalid) ") + std::string(e.what());
    }
    return "";
}

constexpr std::string_view smallest =
    R"({"image":"","big":0,"small":7,"ratio":0.5,"debug":false,"mode":"fast","delivery":"canary",)"
    R"("limits":{"minReplicas":2,"maxReplicas":10},"port":8080})";

TEST(Codec, WritesWhatIsRequiredOrPlainAndLeavesOutWhatIsEmpty) {
    EXPECT_EQ(to_json(Spec{}), smallest);
    EXPECT_EQ(to_value(Spec{}), parse(smallest));
}

TEST(Codec, EverythingComesBack) {
    Spec s{.image = "shop:1",
           .big = INT64_MIN,
           .small = 255,
           .ratio = 1,
           .debug = true,
           .mode = "",
           .delivery = Delivery::delete_};
    s.limits.min_replicas = 0;
    s.tree = {"root", {{"left", {}}, {"", {{"deep", {}}}}}};
    s.autoscale = Autoscale{.metric = "rps"};
    s.secrets = {{"db", "kv/db"}, {"mail", ""}};
    s.hosts = {"a.b"};
    s.env = {{"A", "1"}, {"B", ""}};
    s.cluster_ip = "None";
    s.extra = parse(R"({"any":[1,null]})");
    s.port = "http";
    EXPECT_EQ(from_json<Spec>(to_json(s), Unknown::refuse), s);
    EXPECT_EQ(from_value<Spec>(to_value(s), Unknown::refuse), s);
    EXPECT_EQ(parse(to_json(s)), to_value(s));
    EXPECT_NE(to_json(s).find(R"("mode":"")"), std::string::npos) << "empty, but its default is not";
    EXPECT_NE(to_json(s).find(R"("delivery":"delete")"), std::string::npos);
}

TEST(Codec, AbsentAndNullMembersKeepTheirDefaults) {
    EXPECT_EQ(from_json<Spec>(R"({"image":""})"), Spec{});
    EXPECT_EQ(from_json<Spec>(R"({"image":"","small":null,"mode":null,"delivery":null,"limits":null,"autoscale":null,
        "secrets":null,"env":null,"extra":null,"port":null})"),
              Spec{});
}

TEST(Codec, SaysWhereAndWhatIsWrong) {
    struct Case {
        std::string_view json, complaint;
    };
    const Case cases[] = {
        {R"([])", "expected an object, got an array"},
        {R"({})", "image: a value is required"},
        {R"({"image":null})", "image: a value is required"},
        {R"({"image":1})", "image: expected a string, got an integer"},
        {R"({"image":"a","autoscale":{"maxReplicas":0}})", "autoscale.maxReplicas: 0 is below the least, 1"},
        {R"({"image":"a","autoscale":{"maxReplicas":5001}})", "autoscale.maxReplicas: 5001 is above the most, 5000"},
        {R"({"image":"a","autoscale":{"maxReplicas":3000000000}})",
         "autoscale.maxReplicas: 3000000000 does not fit 32 bits"},
        {R"({"image":"a","autoscale":{"maxReplicas":1.5}})",
         "autoscale.maxReplicas: expected an integer, got a number"},
        {R"({"image":"a","autoscale":{"metric":"é"}})", "autoscale.metric: 1 characters are fewer than the least, 2"},
        {R"({"image":"a","autoscale":{"metric":"ééééé"}})", "autoscale.metric: 5 characters are more than the most, 4"},
        {R"({"image":"a","small":-1})", "small: -1 does not fit an unsigned integer of 8 bits"},
        {R"({"image":"a","small":256})", "small: 256 does not fit an unsigned integer of 8 bits"},
        {R"({"image":"a","ratio":1.5})", "ratio: 1.5 is above the most, 1"},
        {R"({"image":"a","debug":"true"})", "debug: expected a boolean, got a string"},
        {R"({"image":"a","delivery":"blue"})",
         "delivery: expected one of rolling, canary, blueGreen, delete; got \"blue\""},
        {R"({"image":"a","delivery":""})", "delivery: expected one of rolling, canary, blueGreen, delete; got \"\""},
        {R"({"image":"a","secrets":{}})", "secrets: expected a list, got an object"},
        {R"({"image":"a","secrets":[{"path":"x"}]})", "secrets[0].name: a value is required"},
        {R"({"image":"a","secrets":[{"name":"x"},{"name":"X"}]})",
         "secrets[1].name: \"X\" does not match ^[a-z][a-z0-9-]*$"},
        {R"({"image":"a","secrets":[{"name":"x"},{"name":"y"},{"name":"x"}]})", "secrets[2]: has the same name as [0]"},
        {R"({"image":"a","secrets":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"}]})",
         "secrets: 4 items are more than the most, 3"},
        {R"({"image":"a","hosts":["a.b","A"]})", "hosts[1]: \"A\" does not match ^[a-z.]+$"},
        {R"({"image":"a","env":{"A":1}})", "env.A: expected a string, got an integer"},
        {R"({"image":"a","env":[]})", "env: expected an object, got an array"},
        {R"({"image":"a","tree":{"children":[{"children":[{"name":1}]}]}})",
         "tree.children[0].children[0].name: expected a string, got an integer"},
        {R"({"image":"a","port":true})", "port: expected an integer or a string, got boolean"},
        {R"({"image":"a","autoscale":{"maxReplica":1}})",
         "autoscale.maxReplica: unknown field; did you mean maxReplicas?"},
        {R"({"image":"a","IMAGE":1})", "IMAGE: unknown field; did you mean image?"},
        {R"({"image":"a","zzz":1})", "zzz: unknown field"},
        {R"({"image":)", "line 1, column 10: expected a value, got the end of the text"},
    };
    for (const Case& c : cases) EXPECT_EQ(complaint([&] { from_json<Spec>(c.json, Unknown::refuse); }), c.complaint);
}

TEST(Codec, IgnoresUnknownMembersUnlessToldToRefuse) {
    EXPECT_EQ(from_json<Spec>(R"({"image":"","zzz":{"a":1}})"), Spec{});
}

TEST(Codec, TellsAllProblemsOfADocument) {
    const auto v =
        parse(R"({"autoscale":{"minReplicas":-1,"maxReplica":1},"secrets":[{"name":"A"},{}],"delivery":"x"})");
    EXPECT_EQ(
        problems<Spec>(v),
        (std::vector<std::string>{
            "image: a value is required", "delivery: expected one of rolling, canary, blueGreen, delete; got \"x\"",
            "autoscale.minReplicas: -1 is below the least, 0",
            "autoscale.maxReplica: unknown field; did you mean maxReplicas?",
            "secrets[0].name: \"A\" does not match ^[a-z][a-z0-9-]*$", "secrets[1].name: a value is required"}));
    EXPECT_EQ(problems<Spec>(parse(smallest)), std::vector<std::string>{});
    EXPECT_EQ(problems<std::vector<int>>(Array(1000, Value("x"))).size(), 100u);
}

TEST(Codec, ShowsOnlyTheBeginningOfALongValue) {
    const std::string text =
        complaint([] { from_value<Spec>(Object{{"image", "a"}, {"hosts", Array{std::string(1000, 'A')}}}); });
    EXPECT_LT(text.size(), 150u);
    EXPECT_TRUE(text.starts_with("hosts[0]: \"AAAA")) << text;
}

TEST(Codec, StandardTypesNeedNoStruct) {
    EXPECT_EQ((from_json<std::map<std::string, std::vector<int>>>(R"({"a":[1,2]})")),
              (std::map<std::string, std::vector<int>>{{"a", {1, 2}}}));
    EXPECT_EQ(to_json(std::vector<std::optional<int>>{1, std::nullopt}), "[1,null]");
    EXPECT_EQ(from_json<double>("3"), 3.0);
}

TEST(Codec, EnumeratorWithoutNameIsABug) {
    EXPECT_EQ(complaint([] { to_json(static_cast<Delivery>(9)); }),
              "(not invalid) Delivery has no name for the value 9");
}

struct Forgot {
    int a = field("Noted.");
    int b = 0;
};
struct Inner {
    int a = field("Noted.");
};
struct Fooled {
    Inner inner;  // its note is Inner's
};

struct Strict {
    int a = field("Ruled.").rule("self > 1", "").rule("self > 2", "").rule("self > 3", "");
};

TEST(Reflect, MembersWithoutNotesAreRefused) {
    EXPECT_EQ(complaint([] { type_of<Forgot>(); }),
              "(not invalid) Forgot has 2 members but 1 notes; give each member a field() or maybe()");
    EXPECT_EQ(complaint([] { type_of<Fooled>(); }),
              "(not invalid) Fooled.inner has no note; give each member a field() or maybe()");
}

TEST(Reflect, MoreRulesThanThereIsRoomForAreRefused) {
    EXPECT_EQ(complaint([] { type_of<Strict>(); }),
              "(not invalid) the member \"Ruled.\" has more than two rules; join them with &&");
}

TEST(Reflect, KeysAreLowerCamel) {
    EXPECT_EQ(json_key("max_replicas"), "maxReplicas");
    EXPECT_EQ(json_key("default_"), "default");
    EXPECT_EQ(json_key("port"), "port");
}

TEST(Nearest, FindsWhatWasProbablyMeant) {
    const std::vector<std::string_view> known = {"replicas", "image", "port", "targetPort"};
    struct Case {
        std::string_view word, near;
    };
    const Case cases[] = {
        {"replica", "replicas"},
        {"relpicas", "replicas"},
        {"Image", "image"},
        {"imgae", "image"},
        {"targetport", "targetPort"},
        {"potr", "port"},
        {"prt", "port"},
        {"pt", ""},
        {"host", ""},
        {"", ""},
    };
    for (const Case& c : cases) EXPECT_EQ(nearest(c.word, known), c.near) << c.word;
    EXPECT_EQ(nearest(std::string(1'000'000, 'x'), known), "");
}

}  // namespace
}  // namespace mizzen::json
