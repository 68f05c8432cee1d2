/// The tables an engine writes, in the order it writes them: a row may demand in a trigger that others are there before it.
struct KnownTables {
    let writingOrder: [TableOrdinal]
    private let ordinals: Set<Int>

    init(_ tables: [any TableDescription]) {
        writingOrder = tables.map(\.ordinal)
        ordinals = Set(writingOrder.map(\.index))
    }

    func contains(_ ordinal: TableOrdinal) -> Bool { ordinals.contains(ordinal.index) }
}
