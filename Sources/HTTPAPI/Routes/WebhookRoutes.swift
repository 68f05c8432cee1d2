import HTTPTypes
import JSON
import Payments

/// Where providers tell us what happened. Nobody shows a key here: the address names book, provider account and secrets, and
/// what arrives is believed for its signature.
struct WebhookRoutes {
    let services: Services

    var routes: [Route] {
        [
            .open(
                .post, "/v1/webhooks/{endpoint}", body: .bytes(byteCountMax: BodyRule.small, contentTypes: []),
                receive
            ).readingQuery.quick
        ]
    }

    /// 200 only after the commit: until then the provider sends it again. The answer says nothing of what was made of it.
    @Sendable private func receive(_ call: Call) async throws -> Answer {
        let receive = ReceiveNotification(
            database: services.database, directory: services.directory, outcomes: services.outcomes,
            texts: services.texts, refused: services.refusedNotifications, clock: services.clock,
            random: services.random)
        _ = try await receive.run(
            .init(
                endpoint: call.parameters["endpoint"],
                headers: NotificationHeaders(call.headers.map { ($0.name.rawName, $0.value) }), body: call.body,
                source: call.network, request: call.id.eventText, traceparent: call.traceparent))
        return .json(.ok, JSONWriter.object { $0.field("status", "received") })
    }
}
