import Storage
import SummaTestKit

extension Script {
    /// A script over few boxes, labels and shelves, so that callers meet: a dozen steps at most, some nested, some refused.
    static func drawn(by generator: inout SeededGenerator, unusedID: inout Int64) -> Script {
        Script(steps: Step.drawn(Int.random(in: 1...8, using: &generator), depth: 0, by: &generator, &unusedID))
    }
}

extension Script.Step {
    fileprivate static func drawn(
        _ count: Int, depth: Int, by generator: inout SeededGenerator, _ unusedID: inout Int64
    ) -> [Script.Step] {
        var steps: [Script.Step] = []
        for _ in 0..<count { steps.append(drawn(depth: depth, by: &generator, &unusedID)) }
        return steps
    }

    private static func drawn(
        depth: Int, by generator: inout SeededGenerator, _ unusedID: inout Int64
    ) -> Script.Step {
        let id = Int64.random(in: 1...12, using: &generator)
        let shelf = Int64.random(in: 1...3, using: &generator)
        let label = String(repeating: "l", count: Int.random(in: 1...6, using: &generator))
        let box = Box(
            id: id, label: Bool.random(using: &generator) ? label : nil,
            shelf: Bool.random(using: &generator) ? shelf : nil, content: Int64.random(in: 0...999, using: &generator))
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<10: return .look(id)
        case ..<20: return .lookFor(label: label)
        case ..<30: return .lookOn(shelf: shelf)
        case ..<60: return .put(box)
        case ..<75: return .remove(id)
        case ..<82: return .append(Array("\(box)".utf8))
        case ..<86: return .identifier
        case ..<94 where depth < 3:
            let count = Int.random(in: 1...4, using: &generator)
            return .attempt(drawn(count, depth: depth + 1, by: &generator, &unusedID))
        case ..<98: return .refuse
        default:
            // Under labels that no script takes away: whether a label is taken when it is written is then certain.
            unusedID += 1
            let taken = Box(id: unusedID, label: "blind-\(shelf)", shelf: shelf, content: 1)
            let refused = Box(id: unusedID, shelf: shelf, content: -1)
            return .insertBlindly(Bool.random(using: &generator) ? taken : refused)
        }
    }
}
