package io.gds.database.testkit.tds;

import org.jspecify.annotations.Nullable;

/**
 * A parameter with its value.
 *
 * @param name with its {@code @}; {@code @P0}, {@code @P1} when the client gave none
 * @param value {@link Boolean}, {@link Short} (also of {@code tinyint}), {@link Integer}, {@link Long}, {@link Float}, {@link Double},
 *     {@link java.math.BigDecimal}, {@link String}, {@code byte[]}, {@link java.util.UUID}, {@link java.time.LocalDate},
 *     {@link java.time.LocalTime}, {@link java.time.LocalDateTime}, {@link java.time.OffsetDateTime}, or null
 * @param output whether the client expects a value back
 */
public record SqlParameter(String name, @Nullable Object value, boolean output) {}
