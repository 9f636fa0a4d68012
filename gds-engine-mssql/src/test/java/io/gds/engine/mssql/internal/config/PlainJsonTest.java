package io.gds.engine.mssql.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainJsonTest {
    private final List<Problem> problems = new ArrayList<>();

    private Params read(String json) {
        return PlainJson.object(json, problems);
    }

    @Test
    void readsEveryKindOfValue() {
        Params read = read(
                "{\"text\":\"\\u00e4\\n\",\"flag\":true,\"number\":-5,\"list\":[1,[\"a\"],{\"b\":false}],\"object\":{\"c\":{}}}");
        assertThat(problems).isEmpty();
        assertThat(read.string("text")).isEqualTo("\u00e4\n");
        assertThat(read.flag("flag")).isTrue();
        assertThat(read.integer("number")).isEqualTo(-5);
        assertThat(read.toJson())
                .isEqualTo(
                        "{\"flag\":true,\"list\":[1,[\"a\"],{\"b\":false}],\"number\":-5,\"object\":{\"c\":{}},\"text\":\"\u00e4\\n\"}");
    }

    @Test
    void aNullIsAbsentAtEveryDepth() {
        assertThat(read("{\"a\":null,\"b\":{\"c\":null},\"d\":[{\"e\":null}]}").toJson())
                .isEqualTo("{\"b\":{},\"d\":[{}]}");
        assertThat(problems).isEmpty();
    }

    @Test
    void aNullInAListIsAMistakeForItWouldMoveTheOthers() {
        assertThat(read("{\"a\":[1,null,3]}").toJson()).isEqualTo("{\"a\":[1,3]}");
        assertThat(problems).containsExactly(new Problem("/a/1", "1", "null", "a value"));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", "1e3, 1E+3", "1234567890123456789, 1.23456789012346E+18"})
    void whatIsNoWholeNumberIsAMistake(String number, String found) {
        assertThat(read("{\"a\":{\"b\":" + number + "},\"c\":1}").toJson()).isEqualTo("{\"a\":{},\"c\":1}");
        assertThat(problems).containsExactly(new Problem("/a/b", "b", found, "a whole number"));
    }

    @Test
    void aFractionInAListIsToldOnce() {
        read("{\"a\":[0.5]}");
        assertThat(problems).containsExactly(new Problem("/a/0", "0", "0.5", "a whole number"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        read("{\"a\":0.5,\"b\":[null,{\"c\":2.5}],\"d\":[[null]]}");
        assertThat(problems).extracting(Problem::location).containsExactly("/a", "/b/0", "/b/1/c", "/d/0/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``      | not JSON: expected more at line 1, column 1",
                "[1]     | not JSON: expected '{' at line 1, column 1",
                "null    | not JSON: expected '{' at line 1, column 1",
                "{\"a\": | not JSON: expected more at line 1, column 6",
                "{} {}   | not JSON: expected the end at line 1, column 4"
            })
    void whatIsNoObjectIsEmptyAndAMistake(String json, String found) {
        assertThat(read(json).isEmpty()).isTrue();
        assertThat(problems).containsExactly(new Problem("", "", found, "a JSON object"));
    }

    @Test
    void theMarkThatWindowsPutsFirstIsNoPartOfTheText() {
        assertThat(read("\uFEFF{\"a\":1}").integer("a")).isEqualTo(1);
        assertThat(read("\uFEFF\uFEFF{}").isEmpty()).isTrue();
        assertThat(problems).hasSize(1);
    }

    @Test
    void mistakesAreAddedToThoseThatAreThere() {
        Problem before = new Problem("/x", "x", "this", "that");
        problems.add(before);
        read("{\"a\":0.5}");
        assertThat(problems).hasSize(2).startsWith(before);
    }
}
