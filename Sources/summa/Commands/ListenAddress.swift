import ArgumentParser

/// `HOST:PORT`; a bare port means the loopback.
struct ListenAddress: ExpressibleByArgument {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard let digits = parts.last, let port = UInt16(digits), parts.count <= 2 else { return nil }
        let host = parts.count == 2 ? String(parts[0]) : "127.0.0.1"
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: Int(port))
    }

    var defaultValueDescription: String { "\(host):\(port)" }
}

/// Why a command did not do what it was asked, in a sentence for the person who asked.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) {
        description = sentence
    }
}
