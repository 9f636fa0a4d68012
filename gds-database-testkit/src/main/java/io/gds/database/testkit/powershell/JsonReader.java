package io.gds.database.testkit.powershell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as Windows PowerShell 5.1 reads it: a string that looks like a time stays a string. */
final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonReader() {}

    static @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Nothing.VALUE;
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw invalid(text);
            }
            return value;
        } catch (IOException e) {
            throw invalid(text);
        }
    }

    private static NetFailure invalid(String text) {
        String start = text.length() > 40 ? text.substring(0, 40) : text;
        return new NetFailure(
                new NetException("System.ArgumentException", "Invalid JSON primitive: " + start + "."),
                "NotSpecified",
                "System.ArgumentException");
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT ->
                parser.getText().toLowerCase(java.util.Locale.ROOT).contains("e")
                        ? (Object) parser.getDoubleValue()
                        : (Object) parser.getDecimalValue();
            case START_ARRAY -> array(parser);
            case START_OBJECT -> object(parser);
            default -> throw new IOException("unexpected " + token);
        };
    }

    private static Object whole(JsonParser parser) throws IOException {
        BigDecimal value = parser.getDecimalValue();
        int bits = value.toBigInteger().bitLength();
        return bits < 32 ? (Object) value.intValue() : bits < 64 ? (Object) value.longValue() : value;
    }

    private static PsArray array(JsonParser parser) throws IOException {
        List<@Nullable Object> out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            out.add(value(parser));
        }
        return PsArray.of(out);
    }

    private static PsObject object(JsonParser parser) throws IOException {
        PsObject out = PsObject.custom();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            if (out.has(name)) {
                throw new NetFailure(
                        new NetException(
                                "System.InvalidOperationException",
                                "Cannot convert the JSON string because a dictionary that was converted from the string "
                                        + "contains the duplicated keys '" + name + "'."),
                        "InvalidOperation",
                        "DuplicateKeysInJsonString");
            }
            out.with(name, value(parser));
        }
        return out;
    }
}
