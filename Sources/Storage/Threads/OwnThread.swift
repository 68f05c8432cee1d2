import Glibc

/// A thread of our own, for work that blocks: the threads that run tasks are as few as the cores, and each one that waits
/// for a disk is missing to everybody.
final class OwnThread: Sendable {
    private let name: String
    private let body: @Sendable () -> Void

    private init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }

    /// Starts a thread that runs the body and ends.
    /// - Parameter name: What tools show; at most 15 letters.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(StorageFault) {
        let code = OwnThread(name: name, body: body).start()
        guard code == 0 else { throw .cannotOpen("cannot start a thread: \(String(cString: strerror(code)))") }
    }

    private func start() -> Int32 {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let own = Unmanaged.passRetained(self)
        var identity = pthread_t()
        let code = pthread_create(&identity, &attributes, { OwnThread.run($0) }, own.toOpaque())
        if code != 0 { own.release() }
        return code
    }

    private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let own = Unmanaged<OwnThread>.fromOpaque(context).takeRetainedValue()
        own.nameThisThread()
        own.body()
        return nil
    }

    /// Through the kernel's file: the C function for it is hidden behind a macro that Swift does not set.
    private func nameThisThread() {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, name, name.utf8.count)
        close(file)
    }

    private static let stackBytes = 4 << 20
}
