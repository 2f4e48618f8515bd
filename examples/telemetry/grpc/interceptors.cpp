// SPDX-License-Identifier: Apache-2.0
// A call's span begins with its first metadata and ends with its status. gRPC may call on any thread, one at a time.
#include "interceptors.hpp"

#include <map>
#include <string>

namespace grpc_example {
namespace {

using namespace mizzen::telemetry;
using grpc::experimental::InterceptionHookPoints;

class MetadataReader final : public HeaderReader {
  public:
    using Fields = std::multimap<grpc::string_ref, grpc::string_ref>;
    explicit MetadataReader(const Fields& fields) : fields_(fields) {}
    std::vector<std::string_view> all(std::string_view name) const override {
        std::vector<std::string_view> values;
        const auto [first, last] = fields_.equal_range(grpc::string_ref(name.data(), name.size()));
        for (auto field = first; field != last; ++field) values.push_back(view(field->second));
        return values;
    }
    void each(const std::function<void(std::string_view, std::string_view)>& visit) const override {
        for (const auto& [name, value] : fields_) visit(view(name), view(value));
    }

  private:
    static std::string_view view(grpc::string_ref text) { return {text.data(), text.size()}; }
    const Fields& fields_;
};

class MetadataWriter final : public HeaderWriter {
  public:
    explicit MetadataWriter(std::multimap<std::string, std::string>& fields) : fields_(fields) {}
    void set(std::string_view name, std::string value) override {
        fields_.erase(std::string(name));
        fields_.emplace(name, std::move(value));
    }

  private:
    std::multimap<std::string, std::string>& fields_;
};

// "/mizzen.example.Greeter/Greet" is named without the first slash.
std::string name_of(const char* method) { return method[0] == '/' ? method + 1 : method; }

void end(Span& span, const grpc::Status* status) {
    const auto code = status ? status->error_code() : grpc::StatusCode::UNKNOWN;
    span.set("rpc.grpc.status_code", static_cast<int>(code));
    if (code != grpc::StatusCode::OK)
        span.set_status(StatusCode::error, status ? status->error_message() : std::string());
    span.end();
}

class ClientCall final : public grpc::experimental::Interceptor {
  public:
    ClientCall(SharedTracer tracer, const Propagator& propagator, grpc::experimental::ClientRpcInfo& info)
        : propagator_(propagator), span_(tracer.start(name_of(info.method()), {.kind = SpanKind::client})) {
        span_.set("rpc.system", "grpc");
    }
    void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
        if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
            MetadataWriter fields(*methods->GetSendInitialMetadata());
            propagator_.inject(span_.propagated(), fields);
        }
        if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_STATUS))
            end(span_, methods->GetRecvStatus());
        methods->Proceed();
    }

  private:
    const Propagator& propagator_;
    Span span_;
};

class ServerCall final : public grpc::experimental::Interceptor {
  public:
    ServerCall(SharedTracer tracer, const Propagator& propagator, grpc::experimental::ServerRpcInfo& info)
        : tracer_(tracer), propagator_(propagator), name_(name_of(info.method())) {}
    void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
        if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
            Propagated elsewhere;
            propagator_.extract(MetadataReader(*methods->GetRecvInitialMetadata()), elsewhere);
            const Span caller(std::move(elsewhere));
            span_ = tracer_.start(name_, {.parent = &caller, .kind = SpanKind::server});
            span_.set("rpc.system", "grpc");
        }
        if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
            const grpc::Status status = methods->GetSendStatus();
            end(span_, &status);
        }
        methods->Proceed();
    }

  private:
    const SharedTracer tracer_;
    const Propagator& propagator_;
    const std::string name_;
    Span span_;
};

class ClientFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
  public:
    explicit ClientFactory(BackgroundTelemetry& telemetry) : telemetry_(telemetry) {}
    // gRPC owns what it is given.
    grpc::experimental::Interceptor* CreateClientInterceptor(grpc::experimental::ClientRpcInfo* info) override {
        return new ClientCall(telemetry_.tracer({.name = "grpc.client"}), telemetry_.propagator(), *info);
    }

  private:
    BackgroundTelemetry& telemetry_;
};

class ServerFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
  public:
    explicit ServerFactory(BackgroundTelemetry& telemetry) : telemetry_(telemetry) {}
    grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override {
        return new ServerCall(telemetry_.tracer({.name = "grpc.server"}), telemetry_.propagator(), *info);
    }

  private:
    BackgroundTelemetry& telemetry_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> traced_client(BackgroundTelemetry& telemetry) {
    return std::make_unique<ClientFactory>(telemetry);
}
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> traced_server(BackgroundTelemetry& telemetry) {
    return std::make_unique<ServerFactory>(telemetry);
}

}  // namespace grpc_example
