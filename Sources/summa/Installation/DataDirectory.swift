import EventLog
import Glibc
import Payments
import Storage

/// What lies in a data directory beside the database, and where.
///
/// `summa.sqlite` holds the books; `runs/` what finds them quicker, made anew where it is missing; `log.key` signs their
/// checkpoints and `log.vkey` is its public half; `installation.key` encrypts what is private; `checkpoints/` holds what was
/// signed. Whoever copies the directory has the keys too: on a machine of its own, keys and checkpoints belong on other disks
/// than the database.
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

    func noteKeysTold() throws { try secret(toldKeysFile).replace(with: []) }

    /// Whether a database was made here.
    var hasDatabase: Bool { access(Database.file(in: path), F_OK) == 0 }

    /// Makes the directory where it is missing, for its owner only.
    func make() throws {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw InstallationFault.cannot("make", path) }
    }

    /// Makes the keys where they are missing. Books without their keys are refused: making other keys would leave their
    /// checkpoints unprovable and their private texts unreadable.
    func prepareKeys(random: any RandomSource, hasBooks: Bool) throws {
        for file in [logKeyFile, installationKeyFile] where access(file, F_OK) != 0 {
            guard !hasBooks else { throw InstallationFault.keyMissing(file) }
        }
        if access(logKeyFile, F_OK) != 0 {
            let signer = try SignerKey(name: "summa", seed: random.bytes(32))
            try secret(logKeyFile).replace(with: Array(signer.secretText.utf8))
        }
        if access(verifierKeyFile, F_OK) != 0 {
            try secret(verifierKeyFile).replace(with: Array("\(signer().verifier)\n".utf8))
        }
        if access(installationKeyFile, F_OK) != 0 {
            try secret(installationKeyFile).replace(with: random.bytes(32))
        }
    }

    func signer() throws -> SignerKey {
        try SignerKey(secretText: String(decoding: read(logKeyFile), as: UTF8.self))
    }

    func verifier() throws -> VerifierKey {
        let text = String(decoding: try read(verifierKeyFile), as: UTF8.self)
        return try VerifierKey(text.split(separator: "\n").first.map(String.init) ?? "")
    }

    func installationKey() throws -> InstallationKey {
        guard let key = InstallationKey(bytes: try read(installationKeyFile)) else {
            throw InstallationFault.failed(
                "\(installationKeyFile) is no key: it has other than \(InstallationKey.byteCount) bytes")
        }
        return key
    }

    /// A small file only its owner may read, durable with its name: a key that is used is never lost with the power.
    private func secret(_ file: String) -> DurableFile { DurableFile(path: file, mode: 0o600) }

    private func read(_ file: String) throws -> [UInt8] {
        guard let bytes = try secret(file).contents() else { throw InstallationFault.keyMissing(file) }
        return bytes
    }
}

/// Why an installation cannot be opened, in a sentence for the person who tries.
enum InstallationFault: Error, CustomStringConvertible {
    case keyMissing(String)
    /// The books were put back from a backup and have begun no epoch since.
    case restored(String)
    case failed(String)

    static func cannot(_ verb: String, _ path: String) -> InstallationFault {
        .failed("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }

    var description: String {
        switch self {
        case .keyMissing(let file): "\(file) is missing beside a database that was made with it; put it back"
        case .restored(let data):
            """
            \(LogBehindCheckpoint.code): the books in \(data) were put back from a backup, and what came after it is \
            forgotten; begin an epoch first: summa new-epoch --data \(data)
            """
        case .failed(let sentence): sentence
        }
    }
}
