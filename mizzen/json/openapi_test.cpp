// SPDX-License-Identifier: Apache-2.0
// Schemas, printer columns and reference pages of one struct that has something of everything.
#include "mizzen/json/openapi.hpp"

#include <gtest/gtest.h>

#include "mizzen/json/json.hpp"
#include "mizzen/json/reference.hpp"
#include "mizzen/json/reflect.hpp"
#include "mizzen/json/yaml.hpp"

namespace mizzen::json {
namespace {

enum class Mode { fast, safe };

struct Port {
    std::string name = field("Of the port.").required().pattern("^(a|b)$");
    std::uint16_t number = field("On the wire.", 80).min(1);
};
struct Node {
    std::vector<Node> below = field("Children.");
};
struct Scale {
    int least = field("Fewest.", 1).min(0);
    int most = field("Most.", 3).max(9);
    static constexpr Rule rules[] = {{"self.least <= self.most", "least is above most"}};
};
struct Everything {
    std::string image = field("What to run.").required().min_length(1);
    std::string zone = field("Where.", "here").immutable();
    bool debug = field("Say more.");
    std::int64_t big = field("Large.", 5).rule("self % 5 == 0", "is no multiple of 5");
    std::uint32_t flags = field("Bits.");
    double ratio = field("Share.", 0.5).min(0).max(1.5);
    float small = field("Small.");
    Mode mode = field("How.", Mode::safe);
    std::optional<Scale> scale = maybe("Off when absent.");
    std::vector<Port> ports = field("Open.").list_keys({"name"}).max_length(8);
    std::vector<std::string> hosts = field("Names.").pattern("^[a-z]+$").min_length(1);
    std::map<std::string, int> weights = field("Shares.").max(100).max_length(4);
    Value extra = field("Anything.");
    IntOrString target = field("Number or name.", "http");
    Node tree = field("Recursive.");
};

TEST(OpenApi, SaysEverythingTheNotesSay) {
    const std::string expected = R"(properties:
  big:
    default: 5
    description: Large.
    format: int64
    type: integer
    x-kubernetes-validations:
    - message: is no multiple of 5
      rule: "self % 5 == 0"
  debug:
    default: false
    description: Say more.
    type: boolean
  extra:
    description: Anything.
    x-kubernetes-preserve-unknown-fields: true
  flags:
    default: 0
    description: Bits.
    format: int64
    minimum: 0
    type: integer
  hosts:
    description: Names.
    items:
      pattern: "^[a-z]+$"
      type: string
    minItems: 1
    type: array
  image:
    description: What to run.
    minLength: 1
    type: string
  mode:
    default: safe
    description: How.
    enum:
    - fast
    - safe
    type: string
  ports:
    description: Open.
    items:
      properties:
        name:
          description: Of the port.
          pattern: "^(a|b)$"
          type: string
        number:
          default: 80
          description: On the wire.
          format: int32
          minimum: 1
          type: integer
      required:
      - name
      type: object
    maxItems: 8
    type: array
    x-kubernetes-list-map-keys:
    - name
    x-kubernetes-list-type: map
  ratio:
    default: 0.5
    description: Share.
    format: double
    maximum: 1.5
    minimum: 0
    type: number
  scale:
    description: Off when absent.
    properties:
      least:
        default: 1
        description: Fewest.
        format: int32
        minimum: 0
        type: integer
      most:
        default: 3
        description: Most.
        format: int32
        maximum: 9
        type: integer
    type: object
    x-kubernetes-validations:
    - message: least is above most
      rule: "self.least <= self.most"
  small:
    default: 0
    description: Small.
    format: float
    type: number
  target:
    anyOf:
    - type: integer
    - type: string
    default: http
    description: Number or name.
    x-kubernetes-int-or-string: true
  tree:
    description: Recursive.
    properties:
      below:
        description: Children.
        items:
          type: object
          x-kubernetes-preserve-unknown-fields: true
        type: array
    type: object
  weights:
    additionalProperties:
      format: int32
      maximum: 100
      type: integer
    description: Shares.
    maxProperties: 4
    type: object
  zone:
    default: here
    description: Where.
    type: string
    x-kubernetes-validations:
    - message: cannot be changed
      rule: self == oldSelf
required:
- image
type: object
)";
    EXPECT_EQ(openapi_schema(type_of<Everything>()), parse_yaml(expected)[0].value)
        << to_yaml(openapi_schema(type_of<Everything>()));
}

TEST(OpenApi, LeavesDefaultsOutWhereTold) {
    const Value schema = openapi_schema(type_of<Everything>(), {.defaults = false});
    EXPECT_EQ(to_json(schema).find("\"default\""), std::string::npos);
    EXPECT_EQ(schema.integer({"properties", "ports", "maxItems"}), 8);
}

TEST(OpenApi, ListsPrinterColumns) {
    const PrinterColumn columns[] = {{"Image", "string", ".spec.image"}, {"Zone", "string", ".spec.zone", 1}};
    EXPECT_EQ(
        to_json(printer_columns(columns)),
        R"([{"jsonPath":".spec.image","name":"Image","type":"string"},{"jsonPath":".spec.zone","name":"Zone","priority":1,"type":"string"}])");
}

TEST(Reference, HasARowPerMember) {
    EXPECT_EQ(reference(type_of<Everything>(), "Everything"), R"(# Everything

| Field | Type | Default | Limits | |
|---|---|---|---|---|
| `image` | string |  | required; at least 1 character | What to run. |
| `zone` | string | `"here"` | cannot be changed | Where. |
| `debug` | boolean | `false` |  | Say more. |
| `big` | integer | `5` | is no multiple of 5 | Large. |
| `flags` | integer | `0` |  | Bits. |
| `ratio` | number | `0.5` | 0 to 1.5 | Share. |
| `small` | number | `0` |  | Small. |
| `mode` | `fast`, `safe` | `"safe"` |  | How. |
| `scale` | object |  |  | Off when absent. |
| `scale.least` | integer | `1` | at least 0 | Fewest. |
| `scale.most` | integer | `3` | at most 9 | Most. |
| `ports` | list of object |  | at most 8 items; unique by name | Open. |
| `ports[].name` | string |  | required; `^(a\|b)$` | Of the port. |
| `ports[].number` | integer | `80` | at least 1 | On the wire. |
| `hosts` | list of string |  | at least 1 item; each `^[a-z]+$` | Names. |
| `weights` | map of integer |  | each at most 100; at most 4 items | Shares. |
| `extra` | any |  |  | Anything. |
| `target` | integer or string | `"http"` |  | Number or name. |
| `tree` | object |  |  | Recursive. |
| `tree.below` | list of object |  |  | Children. |
)");
}

}  // namespace
}  // namespace mizzen::json
