import Glibc

/// One line on standard error that tells how far long work has come; nothing where nobody looks at a terminal.
enum Progress {
    private static let isWatched = isatty(STDERR_FILENO) == 1

    static func show(_ text: String) {
        guard isWatched else { return }
        put("\r\u{1B}[K\(text)")
    }

    static func clear() {
        guard isWatched else { return }
        put("\r\u{1B}[K")
    }

    private static func put(_ text: String) { _ = write(STDERR_FILENO, text, text.utf8.count) }
}
