extension UInt64 {
    /// Reads decimal digits and nothing else: no sign, no space, and no leading zero unless it is zero. So a number that is
    /// signed or compared as text has one spelling.
    init?(plainDigits text: String) {
        guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else { return nil }
        guard text == "0" || text.utf8.first != UInt8(ascii: "0") else { return nil }
        self.init(text)
    }
}
