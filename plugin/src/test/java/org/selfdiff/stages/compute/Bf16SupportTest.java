package org.selfdiff.stages.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class Bf16SupportTest {
    @Test
    void readsTheProcessorsFlags() {
        assertEquals(
                Optional.of("avx512_bf16"),
                Bf16Support.inCpuInfo("processor\t: 0\nflags\t\t: fpu avx512f avx512_bf16\nbugs\t: x\n"));
        assertEquals(Optional.of("amx_bf16"), Bf16Support.inCpuInfo("flags\t\t: fpu amx_bf16 avx512_bf16 amx_tile\n"));
        assertEquals(Optional.empty(), Bf16Support.inCpuInfo("flags\t\t: fpu avx512_bf16x\nmodel\t: avx512_bf16\n"));
        assertEquals(Optional.empty(), Bf16Support.inCpuInfo(""));
    }
}
