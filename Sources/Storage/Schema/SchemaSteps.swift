/// The steps of a schema in order, and what a database has taken of them.
enum SchemaSteps {
    /// A step as a database remembers it.
    struct Taken {
        let version: Int64
        let name: String
        let fingerprint: Int64
    }

    static func inOrder(_ migrations: [Migration]) -> [Migration] {
        let ordered = migrations.sorted { $0.version < $1.version }
        precondition(Set(ordered.map(\.version)).count == ordered.count, "two schema steps have one version")
        return ordered
    }

    /// The steps a database has taken are the first of those the program knows, unchanged.
    static func check(_ taken: [Taken], against known: [Migration], of dialect: SQLDialect) throws(StorageFault) {
        for (position, step) in taken.enumerated() {
            guard known.contains(where: { $0.version == step.version }) else {
                throw .cannotOpen(
                    "the database has schema step \(step.version) (\(step.name)) of a later version; use that one")
            }
            let expected = known[position]
            guard expected.version == step.version else {
                throw .cannotOpen(
                    "schema step \(expected.version) (\(expected.name)) is missing below step \(step.version) (\(step.name))"
                )
            }
            guard expected.fingerprint(for: dialect) == step.fingerprint else {
                throw .cannotOpen(
                    "schema step \(step.version) (\(step.name)) is not the one this database was made with")
            }
        }
    }
}
