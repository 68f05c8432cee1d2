/// What bodies do to rows, and how it is undone.
extension TableCache {
    enum Insertion {
        case made
        /// Made, but another row has one of its unique values.
        case clashing
        /// Not made: there is a row of this primary key.
        case taken
    }

    /// Adds a row. That the database does not have it is the body's to know; here it is noticed as far as memory goes.
    func insert(_ row: R) -> Insertion {
        let key = row.key
        if let slot = slot(of: key) {
            switch young[slot].change {
            case .deleted: set(slot, to: row, .replaced)
            case .gone: set(slot, to: row, .remade)
            default: return .taken
            }
        } else {
            let slot = young.add(.init(row: row, change: .inserted, isTouched: true), key: key)
            touched.append(slot)
            undo.append(Undo(slot: slot, before: nil))
        }
        var isClashing = false
        for index in indexes where !index.insert(row) { isClashing = true }
        return isClashing ? .clashing : .made
    }

    func update(_ row: R) {
        precondition(!R.table.isAppendOnly, "\(R.table.name) is append-only")
        guard let slot = slot(of: row.key), young[slot].change.isLive else {
            preconditionFailure("\(R.table.name): a row is found before it is changed")
        }
        assert(keepsKeys(young[slot].row, row), "\(R.table.name): a row keeps its keys")
        // No index of the database would notice.
        precondition(
            R.table.runKeys.isEmpty || keepsKeys(young[slot].row, row), "\(R.table.name): a row keeps its keys")
        let change = young[slot].change
        set(slot, to: row, change == .none ? .updated : change)
    }

    private func keepsKeys(_ row: R, _ changed: R) -> Bool {
        indexes.allSatisfy { $0.agrees(row, changed) }
    }

    func delete(_ key: R.Key) {
        precondition(
            R.table.allowsDeletion,
            "\(R.table.name): recorded rows are never deleted, nor are those of append-only tables")
        guard let slot = slot(of: key), young[slot].change.isLive else {
            preconditionFailure("\(R.table.name): a row is found before it is deleted")
        }
        let entry = young[slot]
        switch entry.change {
        case .inserted:
            set(slot, to: entry.row, .dead)
            young.unlink(key)
        case .remade: set(slot, to: entry.row, .gone)
        default: set(slot, to: entry.row, .deleted)
        }
        for index in indexes { index.delete(entry.row) }
    }

    private func set(_ slot: Slot, to row: R, _ change: Change) {
        let before = young[slot]
        undo.append(Undo(slot: slot, before: (before.row, before.change)))
        if !before.isTouched { touched.append(slot) }
        young[slot].row = row
        young[slot].change = change
        young[slot].isTouched = true
    }

    // MARK: Undoing

    /// Takes back the last change that was not undone yet.
    func undoLast() {
        let last = undo.removeLast()
        let after = young[last.slot]
        guard let before = last.before else { return undoInsertion(last.slot, of: after.row) }
        young[last.slot].row = before.row
        young[last.slot].change = before.change
        switch (after.change.isLive, before.change.isLive) {
        case (false, true):
            if after.change == .dead { young.link(before.row.key, to: last.slot) }
            for index in indexes { index.put(before.row) }
        case (true, false):
            for index in indexes { index.remove(after.row) }
        default: break
        }
    }

    private func undoInsertion(_ slot: Slot, of row: R) {
        young[slot].change = .dead
        young.unlink(row.key)
        for index in indexes { index.remove(row) }
    }
}
