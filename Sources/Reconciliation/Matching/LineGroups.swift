/// Lines that can be about the same movement.
package struct LineGroup: Hashable, Sendable {
    package let kind: MovementKind
    package let providerReference: StatementReference
    /// Their places among the lines of the file, in its order.
    package private(set) var places: [Int]

    fileprivate init(_ line: SettlementLine, place: Int) {
        kind = line.kind
        providerReference = line.providerReference
        places = [place]
    }

    fileprivate mutating func add(_ place: Int) { places.append(place) }

    /// The lines of a file in groups, ordered by the first line of each. The same file always gives the same groups in the
    /// same order, so that an import that was broken off between two of them goes on where it stopped.
    package static func of(_ lines: [SettlementLine]) -> [LineGroup] {
        var groups: [LineGroup] = []
        var known: [Name: Int] = [:]
        for (place, line) in lines.enumerated() {
            let name = Name(kind: line.kind, reference: line.providerReference)
            if let group = known[name] {
                groups[group].add(place)
            } else {
                known[name] = groups.count
                groups.append(LineGroup(line, place: place))
            }
        }
        return groups
    }

    private struct Name: Hashable {
        let kind: MovementKind
        let reference: StatementReference
    }
}
