package io.gds.database.testkit.powershell;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What values are as numbers, and arithmetic with them. Numbers are Integer, Long, Double and BigDecimal. */
final class Numbers {
    private Numbers() {}

    /** As a number; null when it is none. */
    static @Nullable Number number(@Nullable Object value) {
        if (Conversions.isNull(value)) {
            return 0;
        }
        if (value instanceof Number n) {
            return n;
        }
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        if (value instanceof PsEnum e) {
            return e.number();
        }
        if (value instanceof String s) {
            return s.isBlank() ? (Number) 0 : (Number) NumberText.value(s.trim());
        }
        return null;
    }

    /** As a number, or the failure of a cast to this type. */
    static Number number(@Nullable Object value, String type) {
        Number number = number(value);
        if (number != null) {
            return number;
        }
        if (value instanceof String s) {
            throw castFailure(
                    "Cannot convert value \"" + s + "\" to type \"" + type
                            + "\". Error: \"Input string was not in a correct format.\"",
                    "InvalidCastFromStringToInteger");
        }
        throw castFailure(
                "Cannot convert the \"" + Conversions.text(value) + "\" value of type \"" + TypeNames.of(value)
                        + "\" to type \"" + type + "\".",
                "ConvertToFinalInvalidCastException");
    }

    static NetFailure castFailure(String message, String id) {
        return new NetFailure(
                new NetException("System.Management.Automation.PSInvalidCastException", message),
                "InvalidArgument",
                id);
    }

    static int integer(@Nullable Object value) {
        BigInteger whole = whole(number(value, "System.Int32"));
        if (whole.bitLength() > 31) {
            throw tooBig(value, "System.Int32", "an Int32");
        }
        return whole.intValue();
    }

    static long longInteger(@Nullable Object value) {
        BigInteger whole = whole(number(value, "System.Int64"));
        if (whole.bitLength() > 63) {
            throw tooBig(value, "System.Int64", "an Int64");
        }
        return whole.longValue();
    }

    private static NetFailure tooBig(@Nullable Object value, String type, String what) {
        return castFailure(
                "Cannot convert value \"" + Conversions.text(value) + "\" to type \"" + type
                        + "\". Error: \"Value was either too large or too small for " + what + ".\"",
                "InvalidCastIConvertible");
    }

    /** Halves go to the even neighbour. */
    private static BigInteger whole(Number n) {
        if (n instanceof Double d) {
            return new BigDecimal(d).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        }
        if (n instanceof BigDecimal d) {
            return d.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        }
        return BigInteger.valueOf(n.longValue());
    }

    static Number negate(Number n) {
        return arithmetic("-", 0, n);
    }

    /** Whole numbers that grow too big become doubles; a division that leaves nothing stays whole. */
    static Number arithmetic(String operator, Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            return onDoubles(operator, a.doubleValue(), b.doubleValue());
        }
        if (a instanceof BigDecimal || b instanceof BigDecimal) {
            return onDecimals(operator, decimal(a), decimal(b));
        }
        BigInteger x = BigInteger.valueOf(a.longValue());
        BigInteger y = BigInteger.valueOf(b.longValue());
        if (("/".equals(operator) || "%".equals(operator)) && y.signum() == 0) {
            throw byZero();
        }
        if ("/".equals(operator) && x.mod(y.abs()).signum() != 0) {
            return a.doubleValue() / b.doubleValue();
        }
        BigInteger result =
                switch (operator) {
                    case "+" -> x.add(y);
                    case "-" -> x.subtract(y);
                    case "*" -> x.multiply(y);
                    case "/" -> x.divide(y);
                    default -> x.remainder(y);
                };
        if (a instanceof Integer && b instanceof Integer && result.bitLength() < 32) {
            return result.intValue();
        }
        boolean longs = a instanceof Long || b instanceof Long;
        return longs && result.bitLength() < 64 ? (Number) result.longValue() : (Number) result.doubleValue();
    }

    private static Number onDoubles(String operator, double a, double b) {
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            default -> a % b;
        };
    }

    private static Number onDecimals(String operator, BigDecimal a, BigDecimal b) {
        if (("/".equals(operator) || "%".equals(operator)) && b.signum() == 0) {
            throw byZero();
        }
        return switch (operator) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            case "/" -> a.divide(b, java.math.MathContext.DECIMAL128).stripTrailingZeros();
            default -> a.remainder(b);
        };
    }

    static BigDecimal decimal(Number n) {
        return n instanceof BigDecimal d ? d : new BigDecimal(n.toString());
    }

    private static NetFailure byZero() {
        return new NetFailure("System.DivideByZeroException", "Attempted to divide by zero.");
    }

    /** Compares two numbers of any kind. */
    static int compare(Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return decimal(a).compareTo(decimal(b));
    }
}
