package main

import (
	"encoding/json"
	"log"
	"math/big"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// written are the texts that somebody thought of: one for every rule, and for every surprise.
var written = []string{
	// Plain ones, and every suffix.
	"0", "1", "100m", "0.1", "1.5Gi", "128974848", "129e6", "129M", "123Mi", "1n", "1u", "1m", "1k",
	"1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei", "7Ei", "0.5Ei", "2.5E",
	// Signs, zeros and points.
	"+1", "-1", "+0", "-0", "00", "007", "-007m", ".5", "5.", "-.5", "+5.", "00.50", "0.500",
	"+1.500", "1.Ki", ".5Ki", "5.m", "0.0", "0.", ".0", "-.0Ki", "0000000000000000000000.1",
	// No digits at all: upstream mostly reads 0, and not always.
	"", "+", "-", ".", "+.", "-.", "m", "n", "k", "E", "e3", "E3", "e-9", "e-10", ".e-10", "+e-10",
	"e4294967286", "e4294967287",
	"Ki", "-Ti", ".Ti", "Pi", ".Pi", "Ei", "-Ei", "e", "i", "0e-10", "0.e-10", "1.e-10",
	// Exponents, and the wrap to 32 bits that they go through.
	"1e3", "1E3", "1e+3", "1E-3", "1e0", "1e-0", "1e003", "1.5e3", ".5e1", "5.e1", "1e18", "1e19",
	"1e30", "1e-9", "1e-10", "1e-100", "1e1000", "1e-1000", "1e4294967296", "1e4294967299",
	"1e-4294967297", "1e9223372036854775807", "1e9223372036854775808", "1e-9223372036854775808",
	"1e-9223372036854775809", "1e2147483647", "-1e2147483646", "1.5e-2147483648", "0e2147483647",
	"1e", "1e+", "1e-", "1e1.5", "1e1e1", "1e3Ki", "1Ee3", "1EE", "1eE3", "1Ki3", "1m3", "1+3",
	"1-", "1e 3", "1e1_0",
	// Finer than a nano-unit: rounded away from zero.
	"0.1n", "-0.1n", "1.1n", "-1.1n", "0.0000000001", "0.0000000011", "0.0001u", "0.9999999999m",
	"1.00000000000000000000000001", "0.00000000000000000000000000000000001Ki", "1e-9999",
	// Rounded to milli-units and to units.
	"0.1m", "-0.1m", "1.1m", "-1.1m", "1.5", "-1.5", "0.0015Ki", "-0.0015Ki", "0.1Ki", "-0.1Ki",
	"0.3Mi", "1.1Gi", "999999999n", "1000000001n", "-1000000001n", "-1.0000000001",
	// The limits of 64 bits: capped after a binary suffix, and not otherwise.
	"9223372036854775807", "9223372036854775808", "-9223372036854775807", "-9223372036854775808",
	"-9223372036854775809", "9223372036854775806.5", "9223372036854775.807", "9223372036854775.808",
	"9999999999999999", "999999999999999999", "1000000000000000000", "8Ei", "16Ei", "-8Ei",
	"7.9999999999999999999Ei", "8191Pi", "8192Pi", "9007199254740992Ki", "9007199254740991Ki",
	"9223372036854775807Ki", "9.3E", "-9.3E", "100E", "9223372036854775807E", "9007199254740993",
	"999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
	// Refused.
	" ", " 1", "1 ", "1 Gi", "\t1", "1\n", "1.5.Gi", "1..5", "1KI", "1ki", "1mi", "1K", "1g", "1B",
	"1GB", "1GiB", "1Kib", "1KiKi", "1MM", "1iK", "0x10", "1_000", "1,000", "1'000", "--1", "++1",
	"+-1", "1+", "-+1", "NaN", "Infinity", "inf", "null", "true", "aoeu", "0.1mi", "0.1am", ".5i",
	"1i", "-3.01i", "-3.01e-", "１", "٣", "1\u00a0", "1µ", "\u20091", "½", "1%", "$1",
	// Numbers as JSON writes them.
	"1e+21", "1e-7", "1.7976931348623157e+308", "5e-324", "123456789012345680000", "0.000001", "1E+3",
}

var (
	suffixes = strings.Fields("n u m k M G T P E Ki Mi Gi Ti Pi Ei")
	strange  = strings.Fields("KI ki K mi gi g t p B KiB i im ee Ee e3Ki Ki2 E+ e- + - nm Ti- e1.5")
	alphabet = []rune("0123456789012345678901234567890123456789..++--eEEinumkKMGTPi _x,\t\u00a0１µ")
)

// immense exponents cost upstream minutes and gigabytes, so no accident may make one.
var immense = regexp.MustCompile(`[eE][+-]?[0-9]{4}`)

// source makes texts out of random numbers.
type source struct{ *rand.Rand }

func (random source) text() string {
	switch random.IntN(10) {
	case 0:
		return random.jsonNumber()
	case 1:
		return random.spoiled(random.quantity())
	default:
		return random.quantity()
	}
}

func (random source) quantity() string {
	return random.sign() + random.number() + random.suffix()
}

func (random source) sign() string {
	return []string{"", "", "", "", "", "", "+", "-", "-"}[random.IntN(9)]
}

func (random source) number() string {
	switch random.IntN(8) {
	case 0, 1, 2:
		return random.digits()
	case 3:
		return "." + random.digits()
	case 4:
		return random.digits() + "."
	case 5:
		return random.limit()
	default:
		return random.digits() + "." + random.digits()
	}
}

// digits are mostly few, sometimes about as many as 64 bits hold, and rarely very many.
func (random source) digits() string {
	length := 1 + random.IntN(5)
	switch random.IntN(60) {
	case 0:
		length = 0
	case 1:
		length = 20 + random.IntN(60)
	case 2, 3, 4, 5, 6, 7, 8, 9:
		length = 6 + random.IntN(16)
	}
	digits := make([]byte, length)
	zeros := random.IntN(4) == 0
	for i := range digits {
		digits[i] = '0'
		if !zeros || random.IntN(5) == 0 {
			digits[i] = byte('0' + random.IntN(10))
		}
	}
	return string(digits)
}

// limit is a number near a power of two or of ten, where the representations change.
func (random source) limit() string {
	near := new(big.Int).Lsh(big.NewInt(1), uint(random.IntN(70)))
	if random.IntN(2) == 0 {
		near.Exp(big.NewInt(10), big.NewInt(random.Int64N(22)), nil)
	}
	digits := near.Add(near, big.NewInt(random.Int64N(5)-2)).Abs(near).String()
	point := random.IntN(2 * len(digits))
	if point >= len(digits) {
		return digits
	}
	return digits[:point] + "." + digits[point:]
}

func (random source) suffix() string {
	switch random.IntN(12) {
	case 0, 1, 2:
		return ""
	case 3, 4:
		return random.exponent()
	case 5:
		if random.IntN(3) == 0 {
			return strange[random.IntN(len(strange))]
		}
	}
	return suffixes[random.IntN(len(suffixes))]
}

// exponent is small once it has been cut to 32 bits: upstream is not made for the others.
func (random source) exponent() string {
	exponent := random.Int64N(50) - 20
	switch random.IntN(20) {
	case 0:
		exponent += (random.Int64N(1<<31) - 1<<30) << 32
	case 1:
		exponent = random.Int64N(120) - 60
	}
	text := strconv.FormatInt(exponent, 10)
	if exponent >= 0 {
		text = []string{"", "", "+", "0", "-"}[random.IntN(5)] + text
	}
	if random.IntN(40) == 0 {
		text += "0000000000000000000"
	}
	return []string{"e", "E"}[random.IntN(2)] + text
}

// jsonNumber is a double as an API client puts it into JSON.
func (random source) jsonNumber() string {
	number := (random.Float64() - 0.2) * float64(random.IntN(5000))
	switch random.IntN(3) {
	case 0:
		number = float64(random.Int64N(1<<62) >> random.IntN(62))
	case 1:
		number, _ = strconv.ParseFloat(random.sign()+random.number()+"0e"+strconv.Itoa(random.IntN(45)-20), 64)
	}
	text, err := json.Marshal(number)
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
}

// spoiled has a character or two put in, taken out or changed, unless that makes it immense.
func (random source) spoiled(text string) string {
	runes := []rune(text)
	for range 1 + random.IntN(2) {
		at := random.IntN(len(runes) + 1)
		until := min(at+random.IntN(2), len(runes))
		tail := string(runes[until:])
		middle := ""
		if random.IntN(3) > 0 {
			middle = string(alphabet[random.IntN(len(alphabet))])
		}
		runes = []rune(string(runes[:at]) + middle + tail)
	}
	if immense.MatchString(string(runes)) {
		return text
	}
	return string(runes)
}
