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

/// `http://HOST…` or `https://HOST…`, of at most 200 visible ASCII characters: it becomes a header's value.
struct AdvertisedURL: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        let isVisible = argument.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isVisible, argument.utf8.count <= 200,
            ["http://", "https://"].contains(where: { argument.hasPrefix($0) && argument.utf8.count > $0.utf8.count })
        else { return nil }
        text = argument
    }
}

/// Why a command did not do what it was asked, in a sentence for the person who asked.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ sentence: String) {
        description = sentence
    }
}
