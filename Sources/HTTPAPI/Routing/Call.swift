import EventLog
import HTTPTypes
import JSON
import Payments

/// One request as a route sees it: found, read to its end, and nothing decided yet.
package struct Call: Sendable {
    package let id: RequestID
    /// The pattern it was found by: what keys are scoped by, whatever the path.
    package let route: RoutePattern
    package let method: HTTPRequest.Method
    /// The path as sent, without the query.
    package let path: String
    package let parameters: PathParameters
    package let headers: HTTPFields
    package let body: [UInt8]
    package let traceparent: TraceParent?
    /// Where it came from, as far as that may be kept.
    package let network: AllowedText
    let query: Substring

    package init(
        id: RequestID, route: RoutePattern, head: HTTPRequest, path: Substring, query: Substring,
        parameters: PathParameters, body: [UInt8], network: AllowedText = ClientNetwork.unknown
    ) {
        self.id = id
        self.route = route
        method = head.method
        self.path = String(path)
        self.query = query
        self.parameters = parameters
        headers = head.headerFields
        self.body = body
        self.network = network
        // A trace that cannot be continued is dropped, as W3C Trace Context asks; it is no reason to refuse a payment.
        let traces = head.headerFields[values: .traceparent]
        traceparent = traces.count == 1 ? TraceParent(header: traces[0]) : nil
    }

    /// How events name who asked and by which request.
    package func context(_ principal: Principal, reason: AllowedText? = nil) -> EventContext {
        EventContext(actor: principal.actor, request: id.eventText, traceparent: traceparent, reason: reason)
    }
}
