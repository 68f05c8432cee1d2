import Storage

/// One caller's body as a list of steps, so that the engine and the model can be made to do the same.
struct Script: Sendable, CustomStringConvertible {
    indirect enum Step: Sendable {
        case look(Int64)
        case lookFor(label: String)
        case lookOn(shelf: Int64)
        /// Inserts a box that is not there, or changes the content of one that is. Gives up a label that is taken.
        case put(Box)
        case remove(Int64)
        case append([UInt8])
        case identifier
        /// Steps of which nothing remains when they refuse, and the script goes on.
        case attempt([Step])
        /// The body throws.
        case refuse
        /// Inserts a box under an unused number without looking whether its label is taken or its content allowed.
        case insertBlindly(Box)
    }

    enum Observation: Hashable {
        case box(Box?)
        case boxes([Box])
        case sequence(Int64)
        case refused
    }

    enum Ending: Equatable {
        case answered([Observation])
        case refused
        case broke
    }

    struct Refusal: Error {}

    struct Sight {
        var observations: [Observation] = []
        var identifiers: [Int64] = []
    }

    let steps: [Step]

    var description: String { "\(steps)" }

    func run<Store: BoxStore & ~Copyable>(on store: inout Store, seeing sight: inout Sight) throws {
        for step in steps { try step.run(on: &store, seeing: &sight) }
    }
}

extension Script.Step {
    fileprivate func run<Store: BoxStore & ~Copyable>(on store: inout Store, seeing sight: inout Script.Sight) throws {
        switch self {
        case .look(let id): sight.observations.append(.box(try store.box(id)))
        case .lookFor(let label): sight.observations.append(.box(try store.box(labelled: label)))
        case .lookOn(let shelf): sight.observations.append(.boxes(try store.boxes(on: shelf)))
        case .put(let box): try put(box, into: &store)
        case .remove(let id): if try store.box(id) != nil { store.delete(box: id) }
        case .append(let bytes): sight.observations.append(.sequence(store.append(bytes)))
        case .identifier: sight.identifiers.append(store.identifier())
        case .attempt(let steps): attempt(steps, on: &store, seeing: &sight)
        case .refuse: throw Script.Refusal()
        case .insertBlindly(let box): store.insert(box)
        }
    }

    private func put<Store: BoxStore & ~Copyable>(_ box: Box, into store: inout Store) throws {
        if var known = try store.box(box.id) {
            known.content = box.content
            return store.update(known)
        }
        var box = box
        if let label = box.label, try store.box(labelled: label) != nil { box.label = nil }
        store.insert(box)
    }

    /// Catches whatever comes, a missed row too: a body may do that, and must not get away with it.
    private func attempt<Store: BoxStore & ~Copyable>(
        _ steps: [Script.Step], on store: inout Store, seeing sight: inout Script.Sight
    ) {
        var inner = sight
        do {
            try store.attempt { store in for step in steps { try step.run(on: &store, seeing: &inner) } }
            sight = inner
        } catch {
            sight.observations.append(.refused)
        }
    }
}
