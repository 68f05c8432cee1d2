import EventLog
import Glibc
import Payments
import Storage

/// What lies in a data directory beside the database, and where.
///
/// `summa.sqlite` holds the books; `log.key` signs their checkpoints and `log.vkey` is its public half; `installation.key`
/// encrypts what is private; `checkpoints/` holds what was signed. Whoever copies the directory has the keys too: on a
/// machine of its own, keys and checkpoints belong on other disks than the database.
struct DataDirectory {
    let path: String

    var logKeyFile: String { path + "/log.key" }
    var verifierKeyFile: String { path + "/log.vkey" }
    var installationKeyFile: String { path + "/installation.key" }
    var checkpointDirectory: String { path + "/checkpoints" }
    var sandboxDirectory: String { path + "/sandbox" }

    private var toldKeysFile: String { path + "/keys.told" }

    /// Whether somebody has been told the first keys.
    var hasToldKeys: Bool { access(toldKeysFile, F_OK) == 0 }

    func noteKeysTold() throws { try SecretFile(toldKeysFile).write([]) }

    /// Whether a database was made here.
    var hasDatabase: Bool { access(Database.file(in: path), F_OK) == 0 }

    /// Makes the directory and its keys where they are missing. A database without its keys is refused: making other keys
    /// would leave its checkpoints unprovable and its private texts unreadable.
    func prepare(random: any RandomSource) throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw InstallationFault.cannot("make", path) }
        for file in [logKeyFile, installationKeyFile] where access(file, F_OK) != 0 {
            guard !hasDatabase else { throw InstallationFault.keyMissing(file) }
        }
        if access(logKeyFile, F_OK) != 0 {
            let signer = try SignerKey(name: "summa", seed: random.bytes(32))
            try SecretFile(logKeyFile).write(Array(signer.secretText.utf8))
        }
        if access(verifierKeyFile, F_OK) != 0 {
            try SecretFile(verifierKeyFile).write(Array("\(signer().verifier)\n".utf8))
        }
        if access(installationKeyFile, F_OK) != 0 {
            try SecretFile(installationKeyFile).write(random.bytes(32))
        }
    }

    func signer() throws -> SignerKey {
        try SignerKey(secretText: String(decoding: SecretFile(logKeyFile).read(), as: UTF8.self))
    }

    func verifier() throws -> VerifierKey {
        let text = String(decoding: try SecretFile(verifierKeyFile).read(), as: UTF8.self)
        return try VerifierKey(text.split(separator: "\n").first.map(String.init) ?? "")
    }

    func installationKey() throws -> InstallationKey {
        guard let key = InstallationKey(bytes: try SecretFile(installationKeyFile).read()) else {
            throw InstallationFault.failed(
                "\(installationKeyFile) is no key: it has other than \(InstallationKey.byteCount) bytes")
        }
        return key
    }
}

/// A small file only its owner may read.
struct SecretFile {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// Writes a new file. Its bytes and its name are on the disk when this returns: a key that is used is never lost with
    /// the power.
    func write(_ bytes: [UInt8]) throws {
        let draft = path + ".tmp"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw InstallationFault.cannot("write", path) }
        let isSynced = Self.write(bytes, to: descriptor) && fsync(descriptor) == 0
        close(descriptor)
        guard isSynced, rename(draft, path) == 0, syncDirectory() else {
            throw InstallationFault.cannot("write", path)
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { return false }
            written += max(count, 0)
        }
        return true
    }

    private func syncDirectory() -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let descriptor = open(parts.isEmpty ? "." : parts.joined(separator: "/"), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    func read() throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw InstallationFault.cannot("read", path) }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw InstallationFault.cannot("read", path) }
        return Array(buffer.prefix(count))
    }
}

/// Why an installation cannot be opened, in a sentence for the person who tries.
enum InstallationFault: Error, CustomStringConvertible {
    case keyMissing(String)
    case failed(String)

    static func cannot(_ verb: String, _ path: String) -> InstallationFault {
        .failed("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }

    var description: String {
        switch self {
        case .keyMissing(let file): "\(file) is missing beside a database that was made with it; put it back"
        case .failed(let sentence): sentence
        }
    }
}
