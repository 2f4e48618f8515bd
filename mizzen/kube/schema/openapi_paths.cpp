// SPDX-License-Identifier: Apache-2.0
// Operations on resources, and the document around them.
#include <algorithm>

#include "mizzen/json/json.hpp"
#include "mizzen/kube/schema/openapi.hpp"

namespace mizzen::kube::schema {
namespace {

using json::Value;
using Names = std::initializer_list<std::string_view>;

constexpr std::string_view meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

// What the operations of one path are about: the kind they carry, and how they are called.
struct Subject {
    std::string_view group, version, kind;  // of the bodies
    std::string type;                       // component of the bodies; "" if there is none
    std::string id;                         // "AppsV1NamespacedDeployment": operationId without its verb
    std::string tag;                        // "apps_v1"
    bool is_built_in = true;
};

std::string title(std::string_view word) {
    std::string out(word);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
}

// rbac.authorization.k8s.io, v1: RbacAuthorizationV1.
std::string group_title(std::string_view group, std::string_view version) {
    if (group.empty()) return "Core" + title(version);
    if (group.ends_with(".k8s.io")) group.remove_suffix(7);
    std::string out;
    for (std::size_t dot; !group.empty(); group.remove_prefix(std::min(dot, group.size()))) {
        if (group[0] == '.') group.remove_prefix(1);
        dot = group.find('.');
        out += title(group.substr(0, dot));
    }
    return out + title(version);
}

std::string tag_of(std::string_view group, std::string_view version) {
    std::string out = group_title(group, "");
    out[0] = static_cast<char>(out[0] | 0x20);
    return out + "_" + std::string(version);
}

Value reference(std::string_view component) {
    return json::Object{{"$ref", "#/components/schemas/" + std::string(component)}};
}

Value content(Names types, std::string_view component) {
    json::Object out;
    for (std::string_view type : types)
        out.set(type,
                component.empty() ? Value(json::Object()) : Value(json::Object{{"schema", reference(component)}}));
    return out;
}

Value parameter(std::string_view name, std::string_view in, std::string_view type) {
    Value out =
        json::Object{{"in", in}, {"name", name}, {"schema", json::Object{{"type", type}, {"uniqueItems", true}}}};
    if (in == "path") out["required"] = true;
    return out;
}

json::Array query(Names names) {
    json::Array out;
    for (std::string_view name : names) {
        const bool number = name == "limit" || name == "timeoutSeconds" || name == "gracePeriodSeconds";
        const bool flag = name == "watch" || name == "force" || name == "allowWatchBookmarks" ||
                          name == "sendInitialEvents" || name == "orphanDependents";
        out.push_back(parameter(name, "query", number ? "integer" : flag ? "boolean" : "string"));
    }
    return out;
}

Value responses(std::initializer_list<std::string_view> codes, std::string_view component) {
    json::Object out;
    for (std::string_view code : codes)
        out.set(code,
                json::Object{
                    {"description", "OK"},
                    {"content", content({"application/json", "application/yaml", "application/vnd.kubernetes.protobuf"},
                                        component)}});
    out.set("401", json::Object{{"description", "Unauthorized"}});
    return out;
}

Value operation(const Subject& subject, std::string_view verb, std::string_view action, json::Array parameters,
                Value answers) {
    return json::Object{{"operationId", std::string(verb) + subject.id},
                        {"tags", json::Array{subject.tag}},
                        {"parameters", std::move(parameters)},
                        {"responses", std::move(answers)},
                        {"x-kubernetes-action", action},
                        {"x-kubernetes-group-version-kind",
                         json::Object{{"group", subject.group}, {"kind", subject.kind}, {"version", subject.version}}}};
}

Value with_body(Value op, Names types, std::string_view component, bool required = true) {
    Value body = json::Object{{"content", content(types, component)}};
    if (required) body["required"] = true;
    op["requestBody"] = std::move(body);
    return op;
}

// The operations on one object, or on a part of it.
// Strategic merge needs what only the types of built-in kinds say; kubectl picks its patch by this list.
Value with_patch(Value op, const Subject& s) {
    const std::string patch = std::string(meta) + "Patch";
    if (!s.is_built_in)
        return with_body(
            std::move(op),
            {"application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"}, patch);
    return with_body(std::move(op),
                     {"application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json",
                      "application/strategic-merge-patch+json"},
                     patch);
}

void add_object_operations(Value& path, const Subject& s, std::span<const std::string_view> verbs) {
    auto can = [&](std::string_view verb) { return std::ranges::find(verbs, verb) != verbs.end(); };
    if (can("get")) path["get"] = operation(s, "read", "get", {}, responses({"200"}, s.type));
    if (can("update"))
        path["put"] = with_body(operation(s, "replace", "put", query({"dryRun", "fieldManager", "fieldValidation"}),
                                          responses({"200", "201"}, s.type)),
                                {"*/*"}, s.type);
    if (can("patch"))
        path["patch"] =
            with_patch(operation(s, "patch", "patch", query({"dryRun", "fieldManager", "fieldValidation", "force"}),
                                 responses({"200", "201"}, s.type)),
                       s);
    if (can("delete"))
        path["delete"] =
            with_body(operation(s, "delete", "delete",
                                query({"dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy"}),
                                responses({"200", "202"}, std::string(meta) + "Status")),
                      {"*/*"}, std::string(meta) + "DeleteOptions", false);
}

Value create(const Subject& s) {
    return with_body(operation(s, "create", "post", query({"dryRun", "fieldManager", "fieldValidation"}),
                               responses({"200", "201", "202"}, s.type)),
                     {"*/*"}, s.type);
}

Value list(const Subject& s) {
    const auto parameters =
        query({"allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion",
               "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds", "watch"});
    return operation(s, "list", "list", parameters, responses({"200"}, s.type.empty() ? "" : s.type + "List"));
}

Value delete_collection(const Subject& s) {
    Subject named = s;
    named.id.insert(group_title(s.group, s.version).size(), "Collection");
    const auto parameters = query({"continue", "dryRun", "fieldSelector", "gracePeriodSeconds", "labelSelector",
                                   "limit", "orphanDependents", "propagationPolicy", "resourceVersion",
                                   "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds"});
    return with_body(
        operation(named, "delete", "deletecollection", parameters, responses({"200"}, std::string(meta) + "Status")),
        {"*/*"}, std::string(meta) + "DeleteOptions", false);
}

// Exec, attach, port-forward and proxy hand the connection on: every method does, and the body is nobody's.
bool is_connect(const Subresource& part) { return part.kind.ends_with("Options"); }

void add_connect_operations(Value& path, const Subject& s, std::string_view group_title,
                            std::span<const std::string_view> verbs) {
    static constexpr std::pair<std::string_view, std::string_view> methods[] = {
        {"create", "post"}, {"delete", "delete"}, {"get", "get"}, {"patch", "patch"}, {"update", "put"}};
    for (const auto& [verb, method] : methods) {
        if (std::ranges::find(verbs, verb) == verbs.end()) continue;
        Subject named = s;
        named.id.insert(group_title.size(), title(method));
        path[method] =
            operation(named, "connect", "connect", {},
                      json::Object{{"200", json::Object{{"description", "OK"}, {"content", content({"*/*"}, "")}}}});
    }
}

// The parameters that stand in the path itself, and `pretty`.
json::Array path_parameters(bool named, bool namespaced) {
    json::Array out;
    if (named) out.push_back(parameter("name", "path", "string"));
    if (namespaced) out.push_back(parameter("namespace", "path", "string"));
    out.push_back(parameter("pretty", "query", "string"));
    return out;
}

class Paths {
  public:
    void add(const Resource& r) {
        auto can = [&](std::string_view verb) { return std::ranges::find(r.verbs, verb) != r.verbs.end(); };
        const std::string root =
            (r.group.empty() ? "/api/" : "/apis/" + std::string(r.group) + "/") + std::string(r.version) + "/";
        const std::string all = root + std::string(r.plural);
        const std::string base = r.namespaced ? root + "namespaces/{namespace}/" + std::string(r.plural) : all;
        const Subject s = subject_of(r);

        Value collection;
        if (can("list")) collection["get"] = list(s);
        if (can("create")) collection["post"] = create(s);
        if (can("deletecollection")) collection["delete"] = delete_collection(s);
        write(base, std::move(collection), false, r.namespaced);
        if (r.namespaced && can("list")) {
            Subject everywhere = s;
            everywhere.id = group_title(r.group, r.version) + std::string(r.kind) + "ForAllNamespaces";
            write(all, json::Object{{"get", list(everywhere)}}, false, false);
        }
        Value object;
        add_object_operations(object, s, r.verbs);
        write(base + "/{name}", std::move(object), true, r.namespaced);
        for (const Subresource& part : r.details) add_part(r, part, s, base + "/{name}/" + std::string(part.name));
    }

    std::string text() { return out_ + "}"; }

  private:
    static Subject subject_of(const Resource& r) {
        return {.group = r.group,
                .version = r.version,
                .kind = r.kind,
                .type = r.type ? std::string(r.type->name) : "",
                .id = group_title(r.group, r.version) + (r.namespaced ? "Namespaced" : "") + std::string(r.kind),
                .tag = tag_of(r.group, r.version),
                .is_built_in = find_resource(r.group, r.version, r.plural) != nullptr};
    }

    void add_part(const Resource& r, const Subresource& part, const Subject& whole, const std::string& path) {
        const Type* type = find_object(part.group, part.version, part.kind);
        Subject s = whole;
        s.group = part.group, s.version = part.version, s.kind = part.kind;
        if (part.kind != r.kind || part.group != r.group) s.type = type ? std::string(type->name) : "";
        s.id += title(part.name);
        Value operations;
        if (is_connect(part)) {
            add_connect_operations(operations, s, group_title(r.group, r.version), part.verbs);
            return write(path, std::move(operations), true, r.namespaced);
        }
        add_object_operations(operations, s, part.verbs);
        if (std::ranges::find(part.verbs, "create") != part.verbs.end()) operations["post"] = create(s);
        write(path, std::move(operations), true, r.namespaced);
    }

    void write(const std::string& path, Value operations, bool named, bool namespaced) {
        if (!operations.is_object()) return;
        operations["parameters"] = path_parameters(named, namespaced);
        if (out_.size() > 1) out_ += ',';
        json::write_string(out_, path);
        out_ += ':';
        json::write(out_, operations);
    }

    std::string out_ = "{";
};

}  // namespace

std::string openapi_paths(std::span<const Resource> resources) {
    Paths paths;
    for (const Resource& r : resources) paths.add(r);
    return paths.text();
}

std::string openapi_document(std::string_view group, std::string_view version, std::span<const Resource> resources,
                             std::span<const NamedSchema> custom) {
    std::string out =
        R"({"openapi":"3.0.0","info":{"title":"Kubernetes","version":")" + std::string(release()) + R"("},"paths":)";
    out += openapi_paths(resources);
    out += R"(,"components":{"schemas":)";
    out += openapi_schemas(group, version, custom);
    out += R"(,"securitySchemes":{"BearerToken":{"type":"apiKey","name":"authorization","in":"header"}}}})";
    return out;
}

}  // namespace mizzen::kube::schema
