package org.selfdiff.headless.runner.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesEveryKindOfValue() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a \"b\" \\ \n\t\u0001 ü");
        map.put("number", 1.5);
        map.put("none", Double.NaN);
        map.put("list", List.of(1L, true));
        map.put("empty", Map.of());
        map.put("nothing", null);
        assertEquals(
                """
                {
                  "text": "a \\"b\\" \\\\ \\n\\t\\u0001 ü",
                  "number": 1.5,
                  "none": null,
                  "list": [
                    1,
                    true
                  ],
                  "empty": {},
                  "nothing": null
                }
                """,
                Json.of(map));
    }
}
