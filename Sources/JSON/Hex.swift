/// Bytes as hexadecimal digits, two for each byte.
package enum Hex {
    /// Lower-case digits.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            return bytes.withUnsafeBytes { write($0, to: start) }
        }
    }

    /// The bytes that digits of either case stand for; nil for an odd count or any other character.
    package static func decode(_ digits: String) -> [UInt8]? {
        var digits = digits
        return digits.withUTF8 { decode(UnsafeRawBufferPointer($0)) }
    }

    package static func decode(_ digits: UnsafeRawBufferPointer) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Ascii.hexDigit(digits[index]), let low = Ascii.hexDigit(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>) -> Int {
        for index in 0..<bytes.count {
            target[index * 2] = digit(bytes[index] >> 4)
            target[index * 2 + 1] = digit(bytes[index] & 0x0F)
        }
        return bytes.count * 2
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? Ascii.zero + value : UInt8(ascii: "a") + value - 10
    }
}
