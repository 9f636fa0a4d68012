package io.gds.database.core.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import java.util.Map;

/** Reads what {@code Params.toJson()} wrote. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    /** Parses an object. */
    public static Params parse(String text) {
        try {
            return Params.of(MAPPER.readValue(text, OBJECT));
        } catch (JsonProcessingException e) {
            throw GdsDatabaseException.internal("GDS-JSON")
                    .message("stored text is not a JSON object: " + e.getOriginalMessage())
                    .remedy("check the journal file for damage.")
                    .cause(e)
                    .build();
        }
    }
}
