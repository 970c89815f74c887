// What the X server says of its display now. SDL asks once, at its start, and does not hear of a mode that
// changes or of a display that comes back; where no window manager runs, nobody else fits the window to it.
#pragma once

#include <SDL.h>

#include <memory>
#include <optional>
#include <vector>

namespace sala {

class XScreen {
  public:
    // Null where the window is not an X window. Asks for SDL_SYSWMEVENT. Must not outlive the window.
    static std::unique_ptr<XScreen> of(SDL_Window* window);

    // Whether the event tells of a display that changed.
    bool is_change(const SDL_Event& event) const;

    struct Lit {
        SDL_Rect place{};
        int width_mm = 0, height_mm = 0;  // as the display was built, before any turning; 0: it does not say
    };
    // The display that shows something, the primary one before others. Nothing where all are off.
    std::optional<Lit> lit() const;
    // Another one that shows a place of its own. Nothing where there is none.
    std::optional<Lit> lit_beside() const;

    // Asks for the window to be there. A window manager that knows better may refuse.
    void place_window(const SDL_Rect& place) const;

  private:
    std::vector<Lit> all_lit() const;

    XScreen(void* display, unsigned long window, int first_event)
        : display_(display), window_(window), first_event_(first_event) {}

    void* display_;  // Xlib's names stay out of here
    unsigned long window_;
    int first_event_;
};

}  // namespace sala
