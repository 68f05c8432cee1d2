/// The codes of ISO 4217, as facts: table A.1 as published 2026-01-01, and the codes withdrawn before that.
///
/// Rows are grouped by exponent and written as text, because the compiler takes long over hundreds of literals and a
/// person checks a line of codes faster than a page of initializers.
enum ISO4217Table {
    struct Row {
        /// Nil: no minor unit.
        let exponent: Int?
        let entries: [(code: CurrencyCode, note: String)]
    }

    /// Codes in use. Those without a minor unit are metals, units of account, and codes for tests and for "none".
    static let current = [
        Row(
            exponent: 0,
            """
            BIF, CLP, DJF, GNF, ISK, JPY, KMF, KRW, PYG, RWF, UGX, UYI, VND, VUV, XAF, XOF, XPF
            """),
        Row(
            exponent: 2,
            """
            AED, AFN, ALL, AMD, AOA, ARS, AUD, AWG, AZN, BAM, BBD, BDT, BMD, BND, BOB, BOV, BRL, BSD, BTN, BWP, BYN, \
            BZD, CAD, CDF, CHE, CHF, CHW, CNY, COP, COU, CRC, CUP, CVE, CZK, DKK, DOP, DZD, EGP, ERN, ETB, EUR, FJD, \
            FKP, GBP, GEL, GHS, GIP, GMD, GTQ, GYD, HKD, HNL, HTG, HUF, IDR, ILS, INR, IRR, JMD, KES, KGS, KHR, KPW, \
            KYD, KZT, LAK, LBP, LKR, LRD, LSL, MAD, MDL, MGA, MKD, MMK, MNT, MOP, MRU, MUR, MVR, MWK, MXN, MXV, MYR, \
            MZN, NAD, NGN, NIO, NOK, NPR, NZD, PAB, PEN, PGK, PHP, PKR, PLN, QAR, RON, RSD, RUB, SAR, SBD, SCR, SDG, \
            SEK, SGD, SHP, SLE, SOS, SRD, SSP, STN, SVC, SYP, SZL, THB, TJS, TMT, TOP, TRY, TTD, TWD, TZS, UAH, USD, \
            USN, UYU, UZS, VED, VES, WST, XAD, XCD, XCG, YER, ZAR, ZMW, ZWG
            """),
        Row(
            exponent: 3,
            """
            BHD, IQD, JOD, KWD, LYD, OMR, TND
            """),
        Row(
            exponent: 4,
            """
            CLF, UYW
            """),
        Row(
            exponent: nil,
            """
            XAG, XAU, XBA, XBB, XBC, XBD, XDR, XPD, XPT, XSU, XTS, XUA, XXX
            """),
    ]

    /// Codes withdrawn, each with the month the agency's list gives, or the span where it knows no month.
    ///
    /// That list names no exponents. Given here are those last in force, as widely carried in software; codes gone
    /// before such tables existed have none, and no record of ours can be counted in them.
    static let withdrawn = [
        Row(
            exponent: 0,
            """
            ADP 2003-07, BEF 2002-03, BYB 2001-01, BYR 2017-01, ESP 2002-03, GRD 2002-03, ITL 2002-03, LUF 2002-03, \
            MGF 2004-12, PTE 2002-03, ROL 2005-06, TPE 2002-11, TRL 2005-12
            """),
        Row(
            exponent: 2,
            """
            AFA 2003-01, ANG 2025-03, ATS 2002-03, AYM 2005-10, AZM 2005-12, BGL 2003-11, BGN 2026-01, CSD 2006-10, \
            CUC 2021-06, CYP 2008-01, DEM 2002-03, EEK 2011-01, FIM 2002-03, FRF 2002-03, GHC 2008-01, GWP 1997-05, \
            HRK 2015-06, IEP 2002-03, LTL 2014-12, LVL 2014-01, MRO 2017-12, MTL 2008-01, MZM 2006-06, NLG 2002-03, \
            RUR 1994-08, SDD 2007-07, SIT 2007-01, SKK 2009-01, SLL 2023-12, SRG 2003-12, STD 2017-12, TMM 2009-01, \
            USS 2014-03, VEB 2008-01, VEF 2011-12, YUM 2003-07, ZMK 2012-12, ZWD 2006-08, ZWL 2024-09, ZWN 2006-09, \
            ZWR 2009-06
            """),
        Row(
            exponent: nil,
            """
            ALK 1989-12, AOK 1991-03, AON 2000-02, AOR 2000-02, ARA 1992-01, ARP 1985-07, ARY 1989 to 1990, \
            BAD 1998-07, BEC 1990-03, BEL 1990-03, BGJ 1989 to 1990, BGK 1989 to 1990, BOP 1987-02, BRB 1986-03, \
            BRC 1989-02, BRE 1993-03, BRN 1990-03, BRR 1994-07, BUK 1990-02, CHC 2004-11, CSJ 1989 to 1990, \
            CSK 1993-03, DDM 1990-07 to 1990-09, ECS 2000-09, ECV 2000-09, ESA 1978 to 1981, ESB 1994-12, \
            GEK 1995-10, GHP 2007-06, GNE 1989-12, GNS 1986-02, GQE 1986-06, GWE 1978 to 1981, HRD 1995-01, \
            ILP 1978 to 1981, ILR 1989 to 1990, ISJ 1989 to 1990, LAJ 1979-12, LSM 1985-05, LTT 1993-07, \
            LUC 1990-03, LUL 1990-03, LVR 1994-12, MLF 1984-11, MTP 1983-06, MVQ 1989-12, MXP 1993-01, \
            MZE 1978 to 1981, NIC 1990-10, PEH 1989 to 1990, PEI 1991-07, PES 1986-02, PLZ 1997-01, \
            RHD 1978 to 1981, ROK 1989 to 1990, SDP 1998-06, SUR 1990-12, TJR 2001-04, UAK 1996-09, UGS 1987-05, \
            UGW 1989 to 1990, UYN 1989-12, UYP 1993-03, VNC 1989-1990, XEU 1999-01, XFO 2006-10, XFU 2013-11, \
            XRE 1999-11, YDD 1991-09, YUD 1990-01, YUN 1995-11, ZAL 1995-03, ZRN 1999-06, ZRZ 1994-02, ZWC 1989-12
            """),
    ]
}

extension ISO4217Table.Row {
    /// Reads "ABC, DEF" or "ABC 1999-12, DEF 1989 to 1990": a code of three letters, then what is noted of it.
    init(exponent: Int?, _ text: String) {
        self.exponent = exponent
        entries = text.split(separator: ",").map { entry in
            let trimmed = entry.drop { $0 == " " }
            guard let code = CurrencyCode(trimmed.prefix(3)) else { preconditionFailure("not a code: \(trimmed)") }
            return (code, String(trimmed.dropFirst(4)))
        }
    }
}
