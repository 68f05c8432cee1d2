import JSON
import Storage

/// Whether the process lives, whether it can serve, and what it has done. Open to whoever reaches the port: they tell nothing of
/// any tenant.
struct HealthRoutes {
    let services: Services

    var routes: [Route] {
        [
            .open(.get, "/healthz") { _ in .json(.ok, Array(#"{"status":"ok"}"#.utf8)) },
            .open(.get, "/readyz", ready),
            .open(.get, "/metrics") { _ in .text("text/plain; version=0.0.4", metrics()) },
        ]
    }

    /// Ready means that a snapshot can be read and that nobody has asked the server to stop.
    @Sendable private func ready(_ call: Call) throws -> Answer {
        if services.stop.isRaised { throw Problem(.shuttingDown) }
        let heads = try services.database.heads()
        var json = JSONWriter()
        json.beginObject()
        json.field("status", "ready")
        json.field("books", heads.filter(\.book.isTenant).count)
        json.field("waiting", services.database.waitingCount)
        json.endObject()
        return .json(.ok, json.takeBytes())
    }
}

extension HealthRoutes {
    private func metrics() -> String {
        var text = PrometheusText()
        writeEngine(to: &text)
        writeRequests(to: &text)
        return text.text
    }

    private func writeEngine(to text: inout PrometheusText) {
        let counts = services.database.counts
        text.single(
            "summa_engine_waiting_units", .gauge, "Units of work waiting for a batch.", services.database.waitingCount)
        text.single("summa_engine_batches_total", .counter, "Batches committed.", counts.batches)
        text.single("summa_engine_units_total", .counter, "Units of work in committed batches.", counts.units)
        text.single(
            "summa_engine_refusals_total", .counter, "Units refused because the queue was full.", counts.refusals)
        text.single(
            "summa_engine_aheads_total", .counter, "Batches whose bodies ran while the one before was being committed.",
            counts.aheads)
        text.single(
            "summa_engine_overtakings_total", .counter,
            "Batches that ran ahead in vain, because another process wrote or a look-up failed.", counts.overtakings)
        text.single(
            "summa_engine_isolations_total", .counter, "Batches run unit by unit after a statement failed.",
            counts.isolations)
        text.single(
            "summa_engine_failures_total", .counter, "Batches and lone units that failed and were rolled back.",
            counts.failures)
    }

    private func writeRequests(to text: inout PrometheusText) {
        let counts = services.measures.current
        text.family("summa_http_requests_total", .counter, "Requests answered.")
        for (slot, count) in counts.requests.sorted(by: { $0.key < $1.key }) {
            text.sample("summa_http_requests_total", slot.slot.labels + [("status", String(slot.status))], count)
        }
        text.family("summa_http_request_seconds", .histogram, "How long requests took, from head to answer.")
        for (slot, histogram) in counts.durations.sorted(by: { $0.key < $1.key }) {
            text.histogram("summa_http_request_seconds", slot.labels, histogram)
        }
    }
}

extension HTTPMeasures.RouteSlot: Comparable {
    fileprivate var labels: [(String, String)] { [("method", method), ("route", route)] }

    static func < (left: Self, right: Self) -> Bool {
        (left.route, left.method) < (right.route, right.method)
    }
}

extension HTTPMeasures.RequestSlot: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        left.slot == right.slot ? left.status < right.status : left.slot < right.slot
    }
}
