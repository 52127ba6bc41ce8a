package dev.heddle.runtime.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.runtime.spi.DeviceInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceJsonTest {
  private static final DeviceInfo INFO =
      new DeviceInfo(
          "gpu:1",
          "gpu",
          "A \"device\"",
          DeviceInfo.Kind.GPU,
          "pci-1",
          "12.3",
          132,
          1L << 37,
          1L << 36,
          49_152,
          1024,
          false,
          true,
          "",
          Map.of("clock", "1,980 MHz"));

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    List<RecordedDevice> devices = List.of(new RecordedDevice(INFO, Prior.of(INFO)));
    assertEquals(devices, DeviceJson.read(DeviceJson.write(devices)));
  }

  @Test
  void damageIsNoticed() throws IOException {
    String good =
        new String(
            DeviceJson.write(List.of(new RecordedDevice(INFO, Prior.of(INFO)))),
            StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            good.substring(0, good.length() / 2),
            good.replace("\"kind\" : \"GPU\"", "\"kind\" : \"TOASTER\""),
            good.replace("\"name\"", "\"nome\""),
            good.replace("\"profile\"", "\"prof\""),
            good.replace("\"version\" : 1", "\"version\" : 2"))) {
      assertThrows(
          IOException.class, () -> DeviceJson.read(bad.getBytes(StandardCharsets.UTF_8)), bad);
    }
  }
}
