/// Running the bodies of batches, and having what they did committed.
extension Engine {
    /// Serves up to a batch of the waiting callers with one commit. Answers how many it took, or is committing still.
    ///
    /// The commit of many goes on beside the bodies of the next batch; a call with nobody waiting ends it.
    @discardableResult
    package func runBatch() -> Int {
        precondition(!isRunning, "a batch is not run inside a batch")
        isRunning = true
        defer { isRunning = false }
        let creations = queue.takeCreations()
        let jobs = queue.takeJobs(countMax: limits.batchCountMax, ofOneBook: place.connection.takesOneBook)
        if jobs.isEmpty || hasCommitEnded { endCommit() }
        if !jobs.isEmpty { slices.insert(jobs[...], at: 0) }
        if !creations.isEmpty { make(creations) }
        while let slice = slices.popLast() { run(slice) }
        return max(creations.count + jobs.count, committingCount)
    }

    /// Runs batches until nobody waits. Within a batch, as from a completion, it does nothing: the batch goes on.
    func runBatches() {
        while !isRunning, waitingCount + committingCount > 0 { runBatch() }
    }

    /// Runs the bodies of jobs, ahead of the commit under way if there is one, and commits what they did after it.
    private func run(_ slice: ArraySlice<Job>) {
        guard halted == nil else { return slice.forEach { $0.fail(StorageFault.stopped) } }
        if let ahead, committing != nil { runAhead(slice, on: ahead.books) } else { runLocked(slice) }
    }

    private func runLocked(_ slice: ArraySlice<Job>) {
        var batch = Batch(clock: clock, limits: limits)
        do {
            let locked = try LockedBooks(place.connection)
            let left = try batch.run(slice, on: locked, remembered: &books)
            commit(batch, locked: locked.heads, leaving: left)
        } catch {
            batch.abandon()
            place.connection.rollback()
            putBack(slice, after: error)
            tidy()
        }
    }

    private func runAhead(_ slice: ArraySlice<Job>, on source: BooksAhead) {
        var batch = Batch(clock: clock, limits: limits)
        let left = Result { try batch.run(slice, on: source, remembered: &books) }
        guard endCommit(before: slice) else { return batch.abandon() }
        if case .success(let left) = left { return commit(batch, locked: nil, leaving: left) }
        batch.abandon()
        putBackToLock(slice)
    }

    /// - Parameters:
    ///   - locked: The heads, where the transaction has begun; nil where the bodies ran ahead of it.
    ///   - left: Jobs the batch had no room for: the next to run.
    private func commit(_ batch: Batch, locked: [BookID: Head]?, leaving left: [Job]) {
        if !left.isEmpty { slices.append(left[...]) }
        let changes = batch.takeChanges(in: books.tables.writingOrder, writer: writer)
        books.count(changes.lazy.map(\.book))
        let commit = Commit(of: batch, changes, locked: locked, in: place)
        if locked == nil { measures.ranAhead() }
        if let ahead, mayRunAhead, commit.jobCount >= limits.aheadCountMin {
            committing = commit
            ahead.books.follow(commit)
            ahead.commits.start(commit)
        } else {
            commit.run()
            follow(commit)
            if books.isFull { books.age() }
        }
        batchCountToPause = max(0, batchCountToPause - 1)
        measures.remembered(bytes: books.bytes)
    }

    /// Rows are let go of only while nothing is being committed, so a full memory is reason enough to wait.
    private var mayRunAhead: Bool {
        batchCountToPause == 0 && !books.isFull
    }
}
