/// Makes one run at a time, on a thread of its own or on the caller's.
final class RunBuilder: Sendable {
    typealias Outcome = Result<RunFile, StorageFault>

    private final class State: @unchecked Sendable {
        var isBuilding = false
        var outcome: Outcome?
    }

    private let signal = ThreadSignal()
    /// Looked at under the signal's lock.
    private let state = State()
    private let usesOwnThread: Bool

    /// - Parameter usesOwnThread: False where everything is stepped by hand, as in a simulation.
    init(usesOwnThread: Bool) {
        self.usesOwnThread = usesOwnThread
    }

    func start(_ make: @escaping @Sendable () throws(StorageFault) -> RunFile) throws(StorageFault) {
        signal.withLock { state.isBuilding = true }
        let build: @Sendable () -> Void = { [self] in
            let outcome: Outcome
            do throws(StorageFault) { outcome = .success(try make()) } catch { outcome = .failure(error) }
            signal.withLock {
                state.outcome = outcome
                state.isBuilding = false
                signal.callAll()
            }
        }
        guard usesOwnThread else { return build() }
        do throws(StorageFault) { try OwnThread.start("summa-runs", build) } catch {
            signal.withLock { state.isBuilding = false }
            throw error
        }
    }

    var isBuilding: Bool { signal.withLock { state.isBuilding } }

    /// What became of the run started last, told once; nil while it is being made and when none was started.
    func takeOutcome() -> Outcome? {
        signal.withLock {
            defer { state.outcome = nil }
            return state.outcome
        }
    }

    /// Sleeps until no run is being made.
    func wait() {
        signal.withLock { while state.isBuilding { signal.wait() } }
    }
}
