import Storage

/// What was passed on to the consumer, against the log: every event, once in its place, byte for byte.
struct DeliveryAudit {
    let world: World
    let rows: Rows

    func findings() throws -> [String] {
        var findings: [String] = []
        try rows.events(after: 0, limit: .max) { sequence, bytes in
            guard let given = world.consumer.bytes(of: rows.book, at: sequence) else {
                return findings.append("event \(sequence) was never published")
            }
            if given != Array(bytes) { findings.append("event \(sequence) was published with other bytes") }
        }
        return findings
    }
}
