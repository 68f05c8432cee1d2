/// The tables an engine writes, in the order it writes them: a row may demand in a trigger that others are there before it.
struct KnownTables {
    let writingOrder: [TableOrdinal]
    /// Where runs answer for the keys declared so, as they do in SQLite: the seed of their hashes.
    let runSeed: UInt64?
    private let ordinals: Set<Int>

    init(_ tables: [any TableDescription], runSeed: UInt64?) {
        self.runSeed = runSeed
        writingOrder = tables.map(\.ordinal)
        ordinals = Set(writingOrder.map(\.index))
    }

    func contains(_ ordinal: TableOrdinal) -> Bool { ordinals.contains(ordinal.index) }
}
