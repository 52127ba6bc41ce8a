package dev.heddle.runtime.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.runtime.fake.FakeProvider;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.spi.BackendProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AskedTest {
  private static final BackendProvider FAKE = new FakeProvider(List.of());

  private static String asked(String selector) {
    Asked asked = Asked.of(DeviceSelector.parse(selector), List.of(FAKE));
    return (asked.includes(FAKE) ? "included" : "left") + (asked.byName(FAKE) ? " by name" : "");
  }

  @Test
  void aBackEndIsAskedForByNameOrAmongAll() {
    assertEquals("included by name", asked("fake"));
    assertEquals("included by name", asked("fake:3"));
    assertEquals("included", asked("all"));
    assertEquals("included", asked("best"));
    assertEquals("included by name", asked("fake,all"));
  }

  @Test
  void anUnknownNameOpensAllSoThatTheErrorCanNameThem() {
    assertEquals("included", asked("typo"));
  }
}
