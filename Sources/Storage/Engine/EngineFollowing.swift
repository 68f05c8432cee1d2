/// What follows a commit, or a batch that never came to one.
extension Engine {
    /// Waits for the commit under way, if there is one. False when nothing may be built on it: it failed, and its jobs were put
    /// back or told, or the engine has gone out of service. The slice, whose bodies ran ahead of it, is put back behind them.
    @discardableResult
    func endCommit(before slice: ArraySlice<Job>? = nil) -> Bool {
        guard let commit = committing.take() else { return true }
        ahead?.commits.wait()
        let mayGoOn = commit.isDone && commit.tidyFault == nil
        if !mayGoOn, let slice { slices.append(slice) }
        follow(commit)
        return mayGoOn
    }

    func follow(_ commit: Commit) {
        switch commit.outcome {
        case .committed:
            retryCount = 0
            for changes in commit.books { changes.settle() }
            books.count(commit.books.lazy.map(\.book))
        case .failed(let fault):
            for changes in commit.books { books.forget(changes.book) }
            putBack(commit.jobs[...], after: fault)
        case .overtaken, nil:
            for changes in commit.books { books.forget(changes.book) }
            putBackToLock(commit.jobs[...])
        }
        if let fault = commit.tidyFault { halt(ifNeededFor: fault) }
    }

    /// Bodies that ran ahead did so in vain, whatever it was that went wrong: it may have come of looking ahead. They run again
    /// with their books locked, and so do those after them for a while.
    func putBackToLock(_ slice: ArraySlice<Job>) {
        batchCountToPause = limits.aheadPauseCount
        measures.overtaken()
        slices.append(slice)
    }

    /// Puts jobs back to be run again, of which nothing happened. When a statement was refused they run by halves, in order, until
    /// the body whose doing it was stands alone: it fails and the rest commit, at the cost of a few commits rather than of one
    /// for each.
    func putBack(_ jobs: ArraySlice<Job>, after fault: any Error) {
        switch fault {
        case let fault as StorageFault where fault.isStatementFailure && jobs.count > 1:
            measures.isolated()
            let middle = jobs.startIndex + jobs.count / 2
            slices += [jobs[middle...], jobs[..<middle]]
        case let fault as StorageFault where fault.isPassing && retryCount < limits.retryCountMax:
            retryCount += 1
            measures.retried()
            Pause.afterFailure(retryCount)
            slices.append(jobs)
        default:
            retryCount = 0
            measures.failed()
            for job in jobs { job.fail(fault) }
            halt(ifNeededFor: fault)
        }
    }

    func tidy() {
        guard halted == nil else { return }
        do { try place.connection.tidy() } catch { halt(ifNeededFor: error) }
    }

    /// Goes out of service when the fault leaves it unknown what is on disk, and says so once. Who waits is refused by the
    /// batches that follow: nothing is written any more, and memory is not believed.
    private func halt(ifNeededFor fault: any Error) {
        guard halted == nil, let fault = fault as? StorageFault, fault.stopsProcess else { return }
        halted = fault
        books.forgetAll()
        close()
        stop(fault)
    }

    func make(_ creations: [BookCreation]) {
        endCommit()
        for creation in creations {
            guard halted == nil else {
                creation.completion(.failure(StorageFault.stopped))
                continue
            }
            let result = Result { try creation.make(on: place.connection, writer: writer) }
            creation.completion(result)
            if case .failure(let fault) = result { halt(ifNeededFor: fault) }
        }
        tidy()
    }
}
