#include "kiosk/ui/imgui_host.h"

#include <imgui.h>

#include <cfloat>
#include <cstring>
#include <deque>

#include "kiosk/ui/picture_cache.h"
#include "kiosk/ui/theme.h"
#include "kiosk/ui/ui.h"

namespace sala::kiosk {
namespace {

constexpr int kFramesAfterInput = 3;
constexpr float kFrameSeconds = 1.0F / 60;

struct ContextDeleter {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
};
using Context = std::unique_ptr<ImGuiContext, ContextDeleter>;

Context make_context(const Window& window) {
    Context context(ImGui::CreateContext());
    ImGui::SetCurrentContext(context.get());
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    io.DisplaySize = {static_cast<float>(window.logical_width()),
                      static_cast<float>(window.logical_height())};
    io.DeltaTime = kFrameSeconds;
    // ImGui wants a font even where nothing is written with it. Its texture is never shown: solid quads name
    // it, and the canvas fills them with their colour.
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    io.Fonts->SetTexID(nullptr);
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    return context;
}

// The finger as ImGui must see it: position first, then the press; at the lift the position stays for one
// frame, then the finger is gone. One step per frame.
class FingerFeed {
  public:
    void push(const PointerEvent& event) {
        if (queue_.size() < kPointersMax) queue_.push_back(event);
    }

    bool busy() const { return !queue_.empty() || step_ == Step::kPress || step_ == Step::kGone; }

    void advance(ImGuiIO& io) {
        if (step_ == Step::kPress) {
            io.MouseDown[0] = true;
            step_ = Step::kRest;
            return;
        }
        if (step_ == Step::kGone) {
            io.MousePos = {-FLT_MAX, -FLT_MAX};
            step_ = Step::kRest;
            return;
        }
        while (!queue_.empty()) {
            const PointerEvent event = queue_.front();
            queue_.pop_front();
            if (event.kind == PointerEvent::Kind::kMove) {
                io.MousePos = {event.x, event.y};
                continue;
            }
            if (event.kind == PointerEvent::Kind::kCancel) {
                io.MouseDown[0] = false;
                io.MousePos = {-FLT_MAX, -FLT_MAX};
                return;
            }
            io.MousePos = {event.x, event.y};
            io.MouseDown[0] = false;
            step_ = event.kind == PointerEvent::Kind::kDown ? Step::kPress : Step::kGone;
            return;
        }
    }

  private:
    enum class Step { kRest, kPress, kGone };
    std::deque<PointerEvent> queue_;
    Step step_ = Step::kRest;
};

// Everything that decides a frame's pixels. Textures never change under their id.
struct DrawnFrame {
    std::vector<Vertex> vertices;
    std::vector<std::uint16_t> indices;
    struct Call {
        std::size_t first_vertex, vertices, first_index, indices;
        TextureId texture;
        ClipRect clip;
    };
    std::vector<Call> calls;

    bool same_as(const DrawnFrame& other) const {
        const auto same_vertex = [](const Vertex& a, const Vertex& b) {
            return a.x == b.x && a.y == b.y && a.u == b.u && a.v == b.v && a.colour == b.colour;
        };
        const auto same_call = [](const Call& a, const Call& b) {
            return a.first_vertex == b.first_vertex && a.vertices == b.vertices && a.indices == b.indices &&
                   a.texture == b.texture && a.clip.x == b.clip.x && a.clip.y == b.clip.y &&
                   a.clip.width == b.clip.width && a.clip.height == b.clip.height;
        };
        return indices == other.indices &&
               std::equal(calls.begin(), calls.end(), other.calls.begin(), other.calls.end(), same_call) &&
               std::equal(vertices.begin(), vertices.end(), other.vertices.begin(), other.vertices.end(),
                          same_vertex);
    }
};

DrawnFrame copy_draw_data(const ImDrawData& data) {
    DrawnFrame frame;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        const std::size_t first_vertex = frame.vertices.size(), first_index = frame.indices.size();
        for (const ImDrawVert& v : list.VtxBuffer) {
            frame.vertices.push_back({v.pos.x, v.pos.y, v.uv.x, v.uv.y, v.col});
        }
        frame.indices.insert(frame.indices.end(), list.IdxBuffer.begin(), list.IdxBuffer.end());
        for (const ImDrawCmd& cmd : list.CmdBuffer) {
            if (cmd.ElemCount == 0 || cmd.UserCallback) continue;
            const ImVec4& c = cmd.ClipRect;
            frame.calls.push_back({first_vertex, static_cast<std::size_t>(list.VtxBuffer.Size),
                                   first_index + cmd.IdxOffset, cmd.ElemCount,
                                   static_cast<TextureId>(reinterpret_cast<std::uintptr_t>(cmd.GetTexID())),
                                   ClipRect{static_cast<int>(c.x), static_cast<int>(c.y),
                                            static_cast<int>(c.z - c.x), static_cast<int>(c.w - c.y)}});
        }
    }
    return frame;
}

void draw_on(Canvas& canvas, const DrawnFrame& frame) {
    canvas.clear(theme::kPaper);
    const std::span<const Vertex> vertices(frame.vertices);
    const std::span<const std::uint16_t> indices(frame.indices);
    for (const DrawnFrame::Call& call : frame.calls) {
        canvas.draw(vertices.subspan(call.first_vertex, call.vertices),
                    indices.subspan(call.first_index, call.indices), call.texture, call.clip);
    }
}

}  // namespace

struct ImguiHost::Parts {
    Parts(Window& w, const paint::TextEngine& engine)
        : window(w), pictures(w.canvas(), engine), ui(pictures, engine), context(make_context(w)) {}

    Window& window;
    PictureCache pictures;
    Ui ui;
    Context context;
    FingerFeed finger;
    DrawnFrame shown;
    int frames_due = 1;
    bool exposed = true;
    std::uint64_t presented = 0;
};

ImguiHost::ImguiHost(Window& window, const paint::TextEngine& text)
    : parts_(std::make_unique<Parts>(window, text)) {}
ImguiHost::~ImguiHost() = default;

void ImguiHost::take(const Frame& input) {
    for (const PointerEvent& event : input.pointers) parts_->finger.push(event);
    if (!input.pointers.empty()) parts_->frames_due = kFramesAfterInput;
    parts_->exposed = parts_->exposed || input.exposed;
}

void ImguiHost::request_frame() { parts_->frames_due = std::max(parts_->frames_due, 1); }

bool ImguiHost::wants_frame() const {
    return parts_->frames_due > 0 || parts_->finger.busy() || parts_->exposed;
}

std::optional<Event> ImguiHost::frame(const View& view) {
    Parts& p = *parts_;
    ImGui::SetCurrentContext(p.context.get());
    if (p.frames_due > 0) --p.frames_due;
    p.finger.advance(ImGui::GetIO());
    p.pictures.begin_frame();

    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    constexpr ImGuiWindowFlags kWholeScreen =
        ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
        ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;
    ImGui::Begin("screen", nullptr, kWholeScreen);
    p.ui.begin(ImGui::GetWindowDrawList(), view.state.language);
    std::optional<Event> event = draw_screen(p.ui, view);
    ImGui::End();
    ImGui::Render();

    // What the finger does to widgets shows in the frame after; what the event does, when the caller has
    // reacted.
    if (p.finger.busy() || event) p.frames_due = std::max(p.frames_due, kFramesAfterInput - 1);
    DrawnFrame drawn = copy_draw_data(*ImGui::GetDrawData());
    const bool same = drawn.same_as(p.shown);
    if (!same) draw_on(p.window.canvas(), drawn);
    if (!same || p.exposed) {
        p.window.present();
        ++p.presented;
    }
    p.exposed = false;
    p.shown = std::move(drawn);
    return event;
}

std::span<const WidgetInfo> ImguiHost::widgets() const { return parts_->ui.widgets(); }

std::span<const DrawnText> ImguiHost::texts() const { return parts_->ui.texts(); }

std::uint64_t ImguiHost::presented() const { return parts_->presented; }

}  // namespace sala::kiosk
