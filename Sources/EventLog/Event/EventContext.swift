/// Who caused an event, by which request and why: the same for all events of one unit of work.
package struct EventContext: Hashable, Sendable {
    /// The principal or the part of the system that acted: `key:…`, `provider:…`, `system:sweeper`.
    package let actor: AllowedText
    /// The request that asked for it; nil where nobody asked, as when a hold expires.
    package let request: AllowedText?
    /// The trace of that request, carried on to whoever receives the event.
    package let traceparent: TraceParent?
    /// A code for why, where the actor gave one. Never free text.
    package let reason: AllowedText?

    package init(
        actor: AllowedText, request: AllowedText? = nil, traceparent: TraceParent? = nil, reason: AllowedText? = nil
    ) {
        self.actor = actor
        self.request = request
        self.traceparent = traceparent
        self.reason = reason
    }
}
