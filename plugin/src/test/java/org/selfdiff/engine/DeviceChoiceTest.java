package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

class DeviceChoiceTest {
    @ParameterizedTest
    @CsvSource({"auto,AUTO,0,auto", "CPU,CPU,0,cpu", "cuda,CUDA,0,cuda:0", "' Cuda:12 ',CUDA,12,cuda:12"})
    void readsAndWrites(final String text, final DeviceChoice.Kind kind, final int number, final String written)
            throws RunFailed {
        final DeviceChoice choice = DeviceChoice.parse(text);
        assertEquals(new DeviceChoice(kind, number), choice);
        assertEquals(written, choice.toString());
        assertEquals(choice, DeviceChoice.parse(choice.toString()));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", "cuda:1.5", "cuda:99999999999", "cpu:0", "auto cpu"})
    void refusesNamingTheSetting(final String text) {
        final RunFailed e = assertThrows(RunFailed.class, () -> DeviceChoice.parse(text));
        assertEquals("setting Device", e.where());
        assertTrue(e.what().contains("\"" + text + "\""), e.what());
        assertTrue(e.remedy().contains("auto, cpu, cuda"), e.remedy());
    }

    @Test
    void devicesAreNamedAsLibTorchNamesThem() {
        assertEquals("cpu", Device.CPU.toString());
        assertTrue(Device.CPU.isCpu());
        assertEquals("cuda:3", Device.cuda(3).toString());
        assertFalse(Device.cuda(0).isCpu());
        assertThrows(IllegalArgumentException.class, () -> Device.cuda(-1));
    }
}
