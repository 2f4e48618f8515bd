// SPDX-License-Identifier: Apache-2.0
// A doubly linked list whose links live in its elements: entering and leaving cost O(1) and never allocate.
#pragma once

namespace mizzen {

// Derive from Link to be kept in a List. An element leaves its list when it dies; it is in one list at a time.
class Link {
  public:
    Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    ~Link() { unlink(); }

    bool linked() const { return next_ != nullptr; }
    void unlink() noexcept {
        if (!next_) return;
        prev_->next_ = next_;
        next_->prev_ = prev_;
        prev_ = next_ = nullptr;
    }

  private:
    template <class T>
    friend class List;
    Link* prev_ = nullptr;
    Link* next_ = nullptr;
};

// Elements of T (derived from Link) in order of entry. When the list dies its elements stay, unlinked.
template <class T>
class List {
  public:
    List() { head_.prev_ = head_.next_ = &head_; }
    List(const List&) = delete;
    List& operator=(const List&) = delete;
    ~List() {
        while (!empty()) front().unlink();
    }

    bool empty() const { return head_.next_ == &head_; }
    T& front() { return static_cast<T&>(*head_.next_); }
    T& back() { return static_cast<T&>(*head_.prev_); }
    // Unlinks `element` from where it was.
    void push_back(T& element) {
        Link& link = element;
        link.unlink();
        link.prev_ = head_.prev_;
        link.next_ = &head_;
        head_.prev_->next_ = &link;
        head_.prev_ = &link;
    }

    class Iterator {
      public:
        explicit Iterator(Link* at) : at_(at) {}
        T& operator*() const { return static_cast<T&>(*at_); }
        Iterator& operator++() {
            at_ = at_->next_;
            return *this;
        }
        bool operator==(const Iterator&) const = default;

      private:
        Link* at_;
    };
    Iterator begin() { return Iterator(head_.next_); }
    Iterator end() { return Iterator(&head_); }

  private:
    Link head_;
};

}  // namespace mizzen
