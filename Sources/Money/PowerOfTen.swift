/// 10⁰ to 10³⁸, all the powers of ten an `Int128` holds.
enum PowerOfTen {
    static let exponents = 0...38

    static subscript(exponent: Int) -> Int128 { powers[exponent] }

    private static let powers: [Int128] = exponents.map { exponent in
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
